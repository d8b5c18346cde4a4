import type { Task } from '$lib/backend';
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
  const [kept] = app.page === 'inbox' ? (app.inbox?.promised.offered ?? []) : [];
  return [
    { id: 'reply', group: 'message', name: m.act_reply(), keys: ['KeyR'], page: 'inbox', enabled: app.inbox !== null && app.page === 'inbox', run: () => replyToLast(app) },
    { id: 'edit_last', group: 'message', name: m.act_edit_last(), keys: ['ArrowUp'], inComposer: true, enabled: composer != null && own !== undefined, run: () => { if (own) composer?.edit(own); app.landmarks.focus('composer'); } },
    { id: 'promise_done', group: 'message', name: m.act_promise_done(), keys: ['$mod+KeyD'], page: 'inbox', whileTyping: true, enabled: kept !== undefined, run: () => kept && keepPromise(app, kept) },
    { id: 'undo', group: 'message', name: m.act_undo(), keys: ['$mod+KeyZ'], inEmptyComposer: true, enabled: app.undo.any, run: () => app.undo.newest() },
  ]; // prettier-ignore
}

/** Marks a promise done that a message kept; the next one is written where the last one was. */
export function keepPromise(app: App, task: Task): void {
  app.inbox?.promised.kept(task);
  void app.cardDeeds.finishTask(task, true);
  app.landmarks.focus('composer');
}
