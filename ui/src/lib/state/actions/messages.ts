import { m } from '$lib/messages';
import type { App } from '../app.svelte';
import type { Action } from './action';
import { replyToLast } from './steps';

/** With the messages of the open chat. */
export function onMessages(app: App): Action[] {
  const composer = app.inbox?.composer;
  const own = app.inbox?.conversation?.messages.findLast(
    (message) => message.out && message.text !== '',
  );
  return [
    { id: 'reply', group: 'message', name: m.act_reply(), keys: ['KeyR'], enabled: app.inbox !== null && app.page === 'inbox', run: () => replyToLast(app) },
    { id: 'edit_last', group: 'message', name: m.act_edit_last(), keys: ['ArrowUp'], inComposer: true, enabled: composer != null && own !== undefined, run: () => { if (own) composer?.edit(own); app.landmarks.focus('composer'); } },
    { id: 'undo', group: 'message', name: m.act_undo(), keys: ['$mod+KeyZ'], enabled: app.undo.any, run: () => app.undo.newest() },
  ]; // prettier-ignore
}
