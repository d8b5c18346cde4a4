import type { Scope } from '$lib/backend';
import { m } from '$lib/messages';

/** A scope in words. */
export function scopeName(scope: Scope): string {
  const names = { everywhere: m.scope_everywhere, account: m.scope_account, chat: m.scope_chat };
  return names[scope.in]();
}
