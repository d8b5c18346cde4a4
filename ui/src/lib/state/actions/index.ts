import { untrack } from 'svelte';
import { m } from '$lib/messages';
import type { App } from '../app.svelte';
import type { Action } from './action';
import { inChats } from './chats';
import { going } from './going';
import { keeping } from './keeping';
import { onLists } from './lists';
import { looking } from './looking';
import { marking } from './marking';
import { onMessages } from './messages';
import { withPeople } from './people';
import { selecting } from './selecting';
import { withTemplates } from './templates';

export type { Action } from './action';
export { doneAndNext, promiseOf, toggleOptOut, togglePin } from './marking';
export { keepPromise, linkSelected, marks, markSelected } from './messages';
export {
  goPeople,
  goPerson,
  goTemplates,
  leavePerson,
  openChat,
  openTask,
  saveView,
  showView,
  startSearch,
} from './steps';

/** Every action that exists, with the keys of the operator's choice. */
export function actionsOf(app: App): Action[] {
  return usualActions(app).map((action) => {
    const keys = app.looks.keysOf(action.id);
    return keys ? { ...action, keys } : action;
  });
}

/** Every action with its usual keys. Read anew each time: names follow the language, sense the state. */
export function usualActions(app: App): Action[] {
  return [
    ...going(app),
    ...onLists(app),
    ...inChats(app),
    ...selecting(app),
    ...marking(app),
    ...onMessages(app),
    ...withTemplates(app),
    ...withPeople(app),
    ...keeping(app),
    ...looking(app),
  ];
}

/** Usual keys by action: whoever shows or asks for one has not to make every action for it. */
const usualKeys = new Map<string, readonly string[]>();

function usualKeysOf(app: App, id: string): readonly string[] | undefined {
  if (usualKeys.has(id)) return usualKeys.get(id);
  for (const action of untrack(() => usualActions(app)))
    usualKeys.set(action.id, action.keys ?? []);
  return usualKeys.get(id);
}

/** The keys of an action. They change when the operator changes them, not with what goes on. */
export function keysFor(app: App, id: string): readonly string[] {
  return app.looks.keysOf(id) ?? usualKeysOf(app, id) ?? [];
}

/** The key of an action that is shown, as in a tooltip. */
export function keyOf(app: App, id: string): string | undefined {
  return keysFor(app, id)[0];
}

/** The groups of actions, in their order. */
export const groups = ['go', 'chat', 'message', 'view'] as const satisfies Action['group'][];

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
