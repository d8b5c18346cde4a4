import type { EntityKind, Task } from '$lib/backend';
import { m } from '$lib/messages';
import type { App } from '../app.svelte';
import type { Action } from './action';
import { replyToLast } from './steps';

/** What a text is marked with, by the action that does it, as Telegram's own apps have the keys. */
export const marks = [
  { id: 'mark_bold', kind: 'bold', name: m.mark_bold, keys: ['$mod+KeyB'] },
  { id: 'mark_italic', kind: 'italic', name: m.mark_italic, keys: ['$mod+KeyI'] },
  { id: 'mark_code', kind: 'code', name: m.mark_code, keys: ['$mod+Shift+KeyM'] },
  { id: 'mark_spoiler', kind: 'spoiler', name: m.mark_spoiler, keys: ['$mod+Shift+KeyP'] },
] as const satisfies { id: string; kind: EntityKind; name: () => string; keys: string[] }[];

/** Pages on which texts are written that can be marked. */
const WRITTEN = ['inbox', 'templates'] as const;

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
    { id: 'mark_link', group: 'message', name: m.act_mark({ mark: m.mark_link() }), keys: ['$mod+Shift+KeyK'], page: WRITTEN, enabled: composer != null && app.page === 'inbox', run: () => linkSelected(app) },
    ...marks.map(({ id, kind, name, keys }): Action => ({ id, group: 'message', name: m.act_mark({ mark: name() }), keys, page: WRITTEN, enabled: composer != null && app.page === 'inbox', run: () => markSelected(app, kind) })),
    { id: 'undo', group: 'message', name: m.act_undo(), keys: ['$mod+KeyZ'], inEmptyComposer: true, enabled: app.undo.any, run: () => app.undo.newest() },
  ]; // prettier-ignore
}

/** Marks what is selected in the composer, or takes the mark off it. */
export function markSelected(app: App, kind: EntityKind): void {
  const field = app.landmarks.get('composer');
  if (!(field instanceof HTMLTextAreaElement)) return;
  app.inbox?.composer?.mark(kind, field.selectionStart, field.selectionEnd);
  app.landmarks.focus('composer');
}

/** Asks where what is selected in the composer is to lead. */
export function linkSelected(app: App): void {
  const field = app.landmarks.get('composer');
  const composer = app.inbox?.composer;
  if (!composer || !(field instanceof HTMLTextAreaElement)) return;
  const link = composer.linkAt(field.selectionStart, field.selectionEnd);
  app.overlay = { kind: 'make_link', link };
}

/** Marks a promise done that a message kept; the next one is written where the last one was. */
export function keepPromise(app: App, task: Task): void {
  app.inbox?.promised.kept(task);
  void app.cardDeeds.finishTask(task, true);
  app.landmarks.focus('composer');
}
