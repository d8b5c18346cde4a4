import type { Targets } from '$lib/backend';
import { chatTitle } from '$lib/domain/chat/kinds';
import { m } from '$lib/messages';
import { count } from '$lib/shared/format';
import type { App } from '$lib/state/app.svelte';
import { knownOf } from '$lib/state/targets';

/** Whom a picker is about: a chat by its name, several by their number. */
export function whom(app: App, targets: Targets): string {
  if (targets.in === 'list') return m.whole_list();
  const [only, more] = knownOf(app, targets);
  if (only && !more && targets.of.length === 1) return chatTitle(only);
  return m.chats_n({ count: targets.of.length, shown: count(targets.of.length) });
}

/** Whether every word typed stands somewhere in a name. */
export function fits(name: string, typed: string): boolean {
  const lower = name.toLocaleLowerCase();
  return typed.toLocaleLowerCase().split(/\s+/).every((word) => lower.includes(word)); // prettier-ignore
}
