import { m } from '$lib/messages';
import type { App } from '../app.svelte';
import type { Action } from './action';
import { inChats } from './chats';
import { going } from './going';
import { looking } from './looking';
import { onMessages } from './messages';

export type { Action } from './action';
export { startSearch } from './steps';

/** Every action that exists. Read anew each time: names follow the language, sense the state. */
export function actionsOf(app: App): Action[] {
  return [...going(app), ...inChats(app), ...onMessages(app), ...looking(app)];
}

/** What a group of actions is called. */
export function groupName(group: Action['group']): string {
  const names = {
    go: m.group_go,
    chat: m.group_chat,
    message: m.group_message,
    view: m.group_view,
  };
  return names[group]();
}
