import type { Chat } from '$lib/backend';
import { m } from '$lib/messages';
import { accountName } from '$lib/domain/account/name';
import type { App } from './app.svelte';
import { views } from './chatList.svelte';

/** Something the operator can do, by key or from the palette. */
export interface Action {
  id: string;
  group: 'go' | 'chat' | 'message' | 'view';
  name: string;
  /** Shortcuts in tinykeys' spelling; the first is the one shown. */
  keys?: readonly string[];
  /** Whether its keys work while typing. */
  whileTyping?: boolean;
  /** Whether it makes sense now; otherwise keys and palette pass it by. */
  enabled?: boolean;
  run: () => void;
}

/** Every action that exists. Read anew each time: names follow the language, sense the state. */
export function actionsOf(app: App): Action[] {
  return [...going(app), ...inChats(app), ...onMessages(app), ...looking(app)];
}

function going(app: App): Action[] {
  const { inbox } = app;
  const here = inbox !== null;
  const inChat = here && inbox.list.open !== null;
  const find = (scope: 'everywhere' | 'chat') => () => startSearch(app, scope);
  // Where no chat is open, both search keys search everywhere.
  const findKeys = ['$mod+Shift+KeyF', ...(inChat ? [] : ['$mod+KeyF'])];
  return [
    { id: 'palette', group: 'go', name: m.palette(), keys: ['$mod+KeyK'], whileTyping: true, enabled: here, run: () => (app.overlay = { kind: 'palette' }) },
    { id: 'shortcuts', group: 'go', name: m.shortcuts(), keys: ['Shift+Slash', 'Shift+?'], run: () => (app.overlay = { kind: 'shortcuts' }) },
    { id: 'find_in_chat', group: 'go', name: m.search_in_chat(), keys: ['$mod+KeyF'], whileTyping: true, enabled: inChat, run: find('chat') },
    { id: 'find', group: 'go', name: m.search_everywhere(), keys: findKeys, whileTyping: true, enabled: here, run: find('everywhere') },
    { id: 'go_inbox', group: 'go', name: m.act_go_inbox(), keys: ['KeyG KeyI'], enabled: here, run: () => goInbox(app) },
    { id: 'go_settings', group: 'go', name: m.act_go_settings(), keys: ['KeyG KeyS'], enabled: here, run: () => (app.page = 'settings') },
    { id: 'next_view', group: 'go', name: m.act_next_view(), keys: ['BracketRight'], enabled: here, run: () => stepView(app, 1) },
    { id: 'previous_view', group: 'go', name: m.act_previous_view(), keys: ['BracketLeft'], enabled: here, run: () => stepView(app, -1) },
    ...accountsOf(app),
    { id: 'landmark', group: 'go', name: m.act_landmark(), keys: ['F6'], whileTyping: true, enabled: here, run: () => app.landmarks.focusNext() },
    { id: 'lock', group: 'go', name: m.lock_action(), keys: ['$mod+Shift+KeyL'], whileTyping: true, enabled: here, run: () => void app.lock(false) },
    { id: 'lock_fully', group: 'go', name: m.lock_fully(), enabled: here, run: () => void app.lock(true) },
    { id: 'add_account', group: 'go', name: m.add_account(), enabled: here, run: () => (app.overlay = { kind: 'add', account: null }) },
  ]; // prettier-ignore
}

function accountsOf(app: App): Action[] {
  const accounts = app.inbox?.accounts.list ?? [];
  return accounts.slice(0, 9).map((account, index) => ({
    id: `account_${account.id}`,
    group: 'go',
    name: m.act_account({ account: accountName(account) }),
    keys: [`$mod+Digit${index + 1}`],
    whileTyping: true,
    run: () => {
      app.page = 'inbox';
      void app.inbox?.list.show(app.inbox.list.view, account.id);
    },
  }));
}

function inChats(app: App): Action[] {
  const { inbox } = app;
  const enabled = inbox !== null && app.page === 'inbox';
  const chat = enabled ? inbox.book.get(inbox.list.cursor ?? inbox.list.open) : undefined;
  const some = chat !== undefined;
  const deed = (run: (chat: Chat) => void) => () => chat && run(chat);
  return [
    { id: 'next', group: 'chat', name: m.act_next(), keys: ['KeyJ', 'ArrowDown'], enabled, run: () => moveCursor(app, 1) },
    { id: 'previous', group: 'chat', name: m.act_previous(), keys: ['KeyK', 'ArrowUp'], enabled, run: () => moveCursor(app, -1) },
    { id: 'open', group: 'chat', name: m.act_open(), keys: ['Enter'], enabled, run: () => openCursor(app) },
    { id: 'open_next', group: 'chat', name: m.act_open_next(), keys: ['Alt+ArrowDown'], whileTyping: true, enabled, run: () => openBeside(app, 1, false) },
    { id: 'open_previous', group: 'chat', name: m.act_open_previous(), keys: ['Alt+ArrowUp'], whileTyping: true, enabled, run: () => openBeside(app, -1, false) },
    { id: 'open_next_unread', group: 'chat', name: m.act_open_next_unread(), keys: ['Alt+Shift+ArrowDown'], whileTyping: true, enabled, run: () => openBeside(app, 1, true) },
    { id: 'open_previous_unread', group: 'chat', name: m.act_open_previous_unread(), keys: ['Alt+Shift+ArrowUp'], whileTyping: true, enabled, run: () => openBeside(app, -1, true) },
    { id: 'back', group: 'chat', name: m.act_back(), keys: ['Escape'], whileTyping: true, enabled: inbox !== null, run: () => goBack(app) },
    { id: 'mark_read', group: 'chat', name: m.mark_read(), enabled: some && chat.unread > 0, run: deed((c) => app.deeds.markRead(c)) },
    { id: 'pin', group: 'chat', name: m.act_pin(), keys: ['KeyP'], enabled: some, run: deed((c) => app.deeds.pin(c)) },
    { id: 'mute', group: 'chat', name: m.act_mute(), enabled: some, run: deed((c) => app.deeds.mute(c)) },
    { id: 'silence', group: 'chat', name: m.act_silence(), enabled: some, run: deed((c) => void app.deeds.silence(c)) },
    { id: 'archive', group: 'chat', name: m.act_archive(), enabled: some, run: deed((c) => app.deeds.archive(c)) },
  ]; // prettier-ignore
}

function onMessages(app: App): Action[] {
  const composer = app.inbox?.composer;
  const own = app.inbox?.conversation?.messages.findLast((message) => message.out);
  return [
    { id: 'reply', group: 'message', name: m.act_reply(), keys: ['KeyR'], enabled: app.inbox !== null && app.page === 'inbox', run: () => replyToLast(app) },
    { id: 'edit_last', group: 'message', name: m.act_edit_last(), enabled: composer != null && own !== undefined, run: () => { if (own) composer?.edit(own); app.landmarks.focus('composer'); } },
    { id: 'undo', group: 'message', name: m.act_undo(), keys: ['$mod+KeyZ'], enabled: app.toasts.list.some((toast) => toast.undo), run: () => app.toasts.undoNewest() },
  ]; // prettier-ignore
}

function looking(app: App): Action[] {
  const { looks } = app;
  return [
    { id: 'panel', group: 'view', name: m.act_panel(), enabled: app.inbox?.list.open != null, run: () => looks.setPanelHidden(!looks.panelHidden) },
    { id: 'zoom_in', group: 'view', name: m.zoom_in(), keys: ['$mod+Equal', '$mod+Shift+Equal', '$mod+NumpadAdd'], whileTyping: true, run: () => looks.stepZoom(1) },
    { id: 'zoom_out', group: 'view', name: m.zoom_out(), keys: ['$mod+Minus', '$mod+NumpadSubtract'], whileTyping: true, run: () => looks.stepZoom(-1) },
    { id: 'zoom_reset', group: 'view', name: m.zoom_reset(), keys: ['$mod+Digit0'], whileTyping: true, run: () => looks.stepZoom(0) },
    { id: 'theme_light', group: 'view', name: m.act_theme_light(), run: () => looks.setTheme('light') },
    { id: 'theme_dark', group: 'view', name: m.act_theme_dark(), run: () => looks.setTheme('dark') },
    { id: 'theme_system', group: 'view', name: m.act_theme_system(), run: () => looks.setTheme('system') },
    { id: 'diagnostics', group: 'view', name: m.copy_diagnostics(), enabled: app.inbox !== null, run: () => void app.copyDiagnostics() },
    { id: 'logs', group: 'view', name: m.open_logs(), run: () => void app.backend.openLogs().catch(app.report) },
  ]; // prettier-ignore
}

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

function goInbox(app: App): void {
  app.page = 'inbox';
  requestAnimationFrame(() => app.landmarks.focus('list'));
}

function stepView(app: App, step: number): void {
  const list = app.inbox?.list;
  if (!list) return;
  const at = views.indexOf(list.view) + step;
  const view = views[(at + views.length) % views.length];
  app.page = 'inbox';
  if (view) void list.show(view, list.account);
}

function moveCursor(app: App, step: number): void {
  if (app.inbox?.search.open) app.inbox.search.close();
  app.inbox?.list.move(step);
  app.landmarks.focus('list');
}

function openCursor(app: App): void {
  const cursor = app.inbox?.list.cursor;
  if (cursor == null) return;
  void app.inbox?.open(cursor).then(() => focusComposer(app));
}

/** Where nothing can be written, the history itself takes the keys. */
function focusComposer(app: App): void {
  requestAnimationFrame(
    () => app.landmarks.focus('composer') || app.landmarks.focus('conversation'),
  );
}

function openBeside(app: App, step: number, unread: boolean): void {
  const inbox = app.inbox;
  if (!inbox) return;
  if (!unread) {
    const id = inbox.list.beside(inbox.list.open ?? inbox.list.cursor, step);
    if (id !== null) void inbox.open(id);
    return;
  }
  const { keys, open } = inbox.list;
  const at = open === null ? -1 : keys.indexOf(open);
  const ahead = step > 0 ? keys.slice(at + 1) : keys.slice(0, Math.max(0, at)).toReversed();
  const id = ahead.find((key) => (inbox.book.get(key)?.unread ?? 0) > 0);
  if (id !== undefined) void inbox.open(id);
}

/** One step back: out of what is being written, the search, settings, the chat. */
function goBack(app: App): void {
  const { inbox } = app;
  if (!inbox) return;
  if (app.page === 'settings') return goInbox(app);
  if (inbox.composer?.editing) return inbox.composer.cancelEdit();
  if (inbox.composer?.reply) return inbox.composer.answer(null);
  if (inbox.search.open) inbox.search.close();
  else inbox.close();
  requestAnimationFrame(() => app.landmarks.focus('list'));
}

function replyToLast(app: App): void {
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
