// What a chat's marks mean at a moment.

import type { Chat, Rules } from '$lib/backend';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

/** Until when a chat is out of sight; `null` where it is not. */
export function snoozedUntil({ marks }: Chat, now: number): number | null {
  const until = marks.snoozed_until_ms;
  return until !== null && until > now ? until : null;
}

/** Whether Telegram mutes a chat now. A mute that has run out is told by nobody. */
export function isMuted({ muted_until }: Pick<Chat, 'muted_until'>, now: number): boolean {
  return muted_until !== null && muted_until > Math.floor(now / 1000);
}

/** Whether somebody has not written for so long that by the operator's rule no answer is owed. */
function isLetGo({ last }: Chat, { let_go_days }: Rules, now: number): boolean {
  return last !== null && let_go_days !== null && now - last.date * 1000 >= let_go_days * DAY_MS;
}

/** Since when somebody waits for the operator: people only, none that Telegram mutes or that was let go. */
export function waitingSince(chat: Chat, rules: Rules, now: number): number | null {
  const since = chat.marks.waiting_since;
  if (since === null || chat.kind !== 'person') return null;
  if (isMuted(chat, now) || isLetGo(chat, rules, now)) return null;
  return since * 1000 <= now ? since * 1000 : null;
}

/** The next thing to do within a week, and whether its time is over. */
export function dueOf({ marks }: Chat, now: number): { ms: number; late: boolean } | null {
  const due = marks.next_due_ms;
  return due !== null && due < now + WEEK_MS ? { ms: due, late: due <= now } : null;
}

/** Whether a row has a third line; without `rules` that line does not say how long somebody waits. */
export function hasMarks(chat: Chat, now: number, rules: Rules | null): boolean {
  const { tags, status } = chat.marks;
  return (
    tags.length > 0 ||
    status !== null ||
    snoozedUntil(chat, now) !== null ||
    dueOf(chat, now) !== null ||
    (rules !== null && waitingSince(chat, rules, now) !== null)
  );
}
