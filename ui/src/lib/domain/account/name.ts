import type { Account } from '../../backend/types';
import { cleanName } from '../../shared/text';

/** The name that people are shown: the operator's own for it, or Telegram's. */
export function accountName(account: Pick<Account, 'name' | 'label'> | undefined): string {
  return cleanName(account?.label ?? account?.name ?? '');
}
