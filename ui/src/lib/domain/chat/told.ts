// What became of what Telegram was told of many chats, in words.

import type { Account, AccountId, AccountLeft, TelegramChange, Told } from '$lib/backend';
import { m } from '$lib/messages';
import { count, soonMoment } from '$lib/shared/format';
import { accountName } from '../account/name';
import { codeSentence } from '../errors';

/** What is being done. */
export function tellingName({ do: what, to }: TelegramChange): string {
  if (what === 'archive') return to ? m.bulk_archiving() : m.bulk_unarchiving();
  return to ? m.bulk_reading() : m.bulk_unreading();
}

/** What was done. */
export function toldWords({ chats, of }: Told, { do: what, to }: TelegramChange): string {
  const [done, shown] = [chats.length, count(chats.length)];
  if (done === 0) return m.told_none();
  if (done < of) {
    const part = { done: shown, of: count(of) };
    if (what === 'archive') return to ? m.told_archived(part) : m.told_unarchived(part);
    return to ? m.told_read(part) : m.told_unread(part);
  }
  if (what === 'read') {
    return to ? m.done_read_n({ count: done, shown }) : m.done_unread_n({ count: done, shown });
  }
  const whom = m.chats_n({ count: done, shown });
  return to ? m.bulk_archived({ whom }) : m.bulk_unarchived({ whom });
}

/** Which accounts were left out and why: a sentence for those with the same reason. */
export function leftWords(
  left: readonly AccountLeft[],
  account: (id: AccountId) => Account | undefined,
  nowMs: number,
): string[] {
  const reasons = new Map<string, AccountLeft[]>();
  for (const one of left) {
    const until = one.until_ms === null ? '' : soonMoment(one.until_ms, nowMs);
    const same = `${one.why} ${until}`;
    reasons.set(same, [...(reasons.get(same) ?? []), one]);
  }
  return [...reasons.values()].flatMap((same) => {
    const accounts = same.map((one) => accountName(account(one.account))).join(', ');
    const [first] = same;
    return first ? [reason(first, accounts, nowMs)] : [];
  });
}

function reason({ why, until_ms }: AccountLeft, accounts: string, nowMs: number): string {
  if (why === 'offline') return m.told_offline({ accounts });
  if (why === 'flood_wait' && until_ms !== null) {
    return m.told_waits({ accounts, time: soonMoment(until_ms, nowMs) });
  }
  return m.told_refused({ accounts, why: codeSentence(why, until_ms) });
}
