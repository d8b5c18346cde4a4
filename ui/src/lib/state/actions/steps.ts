import type { ChatId, Filter, RowId, Task, View } from '$lib/backend';
import type { BuiltinView } from '$lib/domain/lists/builtin';
import { m } from '$lib/messages';
import type { App } from '../app.svelte';
import { inChat } from '../targets';
import { viewKey } from '../views.svelte';

// The ways through the window that actions and buttons share.

/** Shows the search where it is meant and gives it the focus. */
export function startSearch(app: App, scope: 'everywhere' | 'chat'): void {
  const { inbox } = app;
  if (!inbox) return;
  app.page = 'inbox';
  const { open } = inbox.list;
  inbox.search.show(scope === 'chat' && open !== null ? { in: 'chat', id: open } : { in: 'everywhere' }); // prettier-ignore
  // The field appears with the next frame.
  requestAnimationFrame(() => app.landmarks.focus('search'));
}

export function goInbox(app: App): void {
  app.page = 'inbox';
  requestAnimationFrame(() => app.landmarks.focus('list'));
}

export function goTemplates(app: App): void {
  app.page = 'templates';
  requestAnimationFrame(() => app.landmarks.focus('list'));
}

export function goPeople(app: App): void {
  app.page = 'people';
  requestAnimationFrame(() => app.landmarks.focus('list'));
}

/** Shows the page of a chat's person; Escape leads back to where one came from. */
export function goPerson(app: App, chat: ChatId): void {
  if (app.page !== 'person') app.before = app.page;
  app.overlay = null;
  app.inbox?.person.show(chat);
  app.page = 'person';
  requestAnimationFrame(() => app.landmarks.focus('conversation'));
}

/** Back from a person's page. */
export function leavePerson(app: App): void {
  app.page = app.before;
  if (app.page === 'inbox' && app.inbox?.list.open != null) return focusComposer(app);
  requestAnimationFrame(() => app.landmarks.focus('list'));
}

/** Opens a chat, at a message where one is named, ready to be written in. */
export function openChat(app: App, chat: ChatId, at?: RowId, focus = true): void {
  app.page = 'inbox';
  void app.inbox?.open(chat, at).then(() => focus && focusComposer(app));
}

/**
 * Opens the chat of a promise or a follow-up, at the message it was made from; the composer gets the
 * focus, unless the next one is likely to be opened too.
 */
export async function openTask(app: App, { chat, message }: Task, focus = true): Promise<void> {
  if (message === null) return openChat(app, chat, undefined, focus);
  try {
    const row = await app.backend.call('locate', { chat, message });
    if (row === null) app.toasts.show(m.task_message_missing());
    openChat(app, chat, row ?? undefined, focus);
  } catch (error) {
    app.report(error);
  }
}

export function showView(app: App, view: BuiltinView | View): void {
  const list = app.inbox?.list;
  if (!list) return;
  app.page = 'inbox';
  if (app.inbox?.search.open) app.inbox.search.close();
  void list.show(view, list.account);
}

/** Keeps what the list shows: as another view, or in the one that is shown. */
export async function saveView(app: App, another: boolean): Promise<void> {
  const list = app.inbox?.list;
  if (!list) return;
  const { saved, filter, order } = list;
  const shown: Filter = filter ?? { has: 'every', of: [] };
  if (another || !saved) {
    app.overlay = { kind: 'view', view: { id: 0, name: '', icon: saved?.icon ?? 'list', filter: list.whole ?? shown, order } }; // prettier-ignore
    return;
  }
  const view = { ...saved, filter: shown, order };
  if ((await app.viewDeeds.save(view)) !== null) list.viewSaved(view);
}

export function stepView(app: App, step: number): void {
  const { inbox } = app;
  if (!inbox) return;
  const { shown } = inbox.views;
  const at = shown.findIndex((view) => viewKey(view) === inbox.list.view) + step;
  const view = shown[(at + shown.length) % shown.length];
  if (view) showView(app, view);
}

export function moveCursor(app: App, step: number): void {
  if (app.inbox?.search.open) app.inbox.search.close();
  app.inbox?.list.move(step);
  app.landmarks.focus('list');
}

export function openCursor(app: App): void {
  const cursor = app.inbox?.list.cursor;
  if (cursor == null) return;
  void app.inbox?.open(cursor).then(() => focusComposer(app));
}

/** Where nothing can be written, the history itself takes the keys. */
export function focusComposer(app: App): void {
  requestAnimationFrame(
    () => app.landmarks.focus('composer') || app.landmarks.focus('conversation'),
  );
}

export function openBeside(app: App, step: number): void {
  const inbox = app.inbox;
  if (!inbox) return;
  const id = inbox.list.beside(inbox.list.open ?? inbox.list.cursor, step);
  if (id !== null) void inbox.open(id);
}

/** Each press goes on from where the one before it led. */
let stepping: Promise<void> = Promise.resolve();

/** To the next chat in the list's order that has something unread, however far away that is. */
export function openUnread(app: App, step: 1 | -1): void {
  stepping = stepping.then(() => stepUnread(app, step)).catch(app.report);
}

async function stepUnread(app: App, step: 1 | -1): Promise<void> {
  const list = app.inbox?.list;
  if (!list) return;
  // Most rows were never read here, so that the program is asked who is unread.
  const unread = await list.unread();
  const at = list.keys.indexOf(list.open ?? list.cursor ?? 0);
  const ahead = step > 0 ? list.keys.slice(at + 1) : list.keys.slice(0, Math.max(0, at)).toReversed(); // prettier-ignore
  const id = ahead.find((key) => unread.has(key));
  if (id !== undefined) void app.inbox?.open(id);
  else app.toasts.show(step > 0 ? m.unread_none_below() : m.unread_none_above());
}

/** One step back: out of a change that takes its time, what is being written, the search, settings, the chat. */
export function goBack(app: App): void {
  const { inbox } = app;
  if (!inbox) return;
  if (inbox.changing.progress) return inbox.changing.cancel();
  // It may go on for long: who is in a chat meanwhile wants out of the chat.
  if (inbox.tellings.list.length > 0 && !inChat(app)) return inbox.tellings.cancel();
  if (app.page === 'person') return leavePerson(app);
  if (app.page === 'people' && inbox.people.selection.any) return inbox.people.selection.clear();
  if (app.page !== 'inbox') return goInbox(app);
  if (inbox.selection.any && !inbox.search.open) return inbox.selection.clear();
  if (inbox.composer?.editing) return inbox.composer.cancelEdit();
  if (inbox.composer?.reply) return inbox.composer.answer(null);
  if (inbox.search.open) inbox.search.close();
  else inbox.close();
  requestAnimationFrame(() => app.landmarks.focus('list'));
}

export function replyToLast(app: App): void {
  const { inbox } = app;
  if (!inbox) return;
  const cursor = inbox.list.cursor;
  if (inbox.list.open !== null) {
    const last = inbox.conversation?.messages.findLast((message) => !message.out && message.kind !== 'service'); // prettier-ignore
    if (last) inbox.composer?.answer(last);
    return focusComposer(app);
  }
  if (cursor !== null) void inbox.open(cursor).then(() => focusComposer(app));
}
