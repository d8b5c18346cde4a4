import type { Account } from '../../backend/types';
import { m } from '../../messages';
import { cleanName } from '../../shared/text';

/** The name that people are shown: the operator's own for it, or Telegram's. */
export function accountName(account: Pick<Account, 'name' | 'label'> | undefined): string {
  return cleanName(account?.label ?? account?.name ?? '');
}

/** Its phone, its username and how it reaches Telegram, in one line. */
export function accountFacts({ phone, username, connection }: Account): string {
  const origin =
    connection.via === 'profile'
      ? m.via_profile({ name: cleanName(connection.name) })
      : m.via_telegram();
  return [phone, username && `@${cleanName(username)}`, origin].filter(Boolean).join(' · ');
}
