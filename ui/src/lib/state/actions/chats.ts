import type { Chat } from '$lib/backend';
import { m } from '$lib/messages';
import type { App } from '../app.svelte';
import type { Action } from './action';
import { goBack, moveCursor, openBeside, openCursor, openUnread } from './steps';

/** With the list of chats, and with the chat that its cursor is on. */
export function inChats(app: App): Action[] {
  const { inbox } = app;
  const enabled = inbox !== null && app.page === 'inbox';
  const chat = enabled ? inbox.book.get(inbox.list.cursor ?? inbox.list.open) : undefined;
  const some = chat !== undefined;
  const open = enabled ? inbox.chat : undefined;
  const deed = (run: (chat: Chat) => void) => () => chat && run(chat);
  return [
    { id: 'next', group: 'chat', name: m.act_next(), keys: ['KeyJ', 'ArrowDown'], enabled, run: () => moveCursor(app, 1) },
    { id: 'previous', group: 'chat', name: m.act_previous(), keys: ['KeyK', 'ArrowUp'], enabled, run: () => moveCursor(app, -1) },
    { id: 'open', group: 'chat', name: m.act_open(), keys: ['Enter'], enabled, run: () => openCursor(app) },
    { id: 'open_next', group: 'chat', name: m.act_open_next(), keys: ['Alt+ArrowDown'], whileTyping: true, enabled, run: () => openBeside(app, 1) },
    { id: 'open_previous', group: 'chat', name: m.act_open_previous(), keys: ['Alt+ArrowUp'], whileTyping: true, enabled, run: () => openBeside(app, -1) },
    { id: 'open_next_unread', group: 'chat', name: m.act_open_next_unread(), keys: ['Alt+Shift+ArrowDown'], whileTyping: true, enabled, run: () => openUnread(app, 1) },
    { id: 'open_previous_unread', group: 'chat', name: m.act_open_previous_unread(), keys: ['Alt+Shift+ArrowUp'], whileTyping: true, enabled, run: () => openUnread(app, -1) },
    { id: 'back', group: 'chat', name: m.act_back(), keys: ['Escape'], whileTyping: true, enabled: inbox !== null, run: () => goBack(app) },
    { id: 'mark_read', group: 'chat', name: m.mark_read(), enabled: some && chat.unread > 0, run: deed((c) => app.deeds.markRead(c)) },
    { id: 'pin', group: 'chat', name: m.act_pin(), enabled: some, run: deed((c) => app.deeds.pin(c)) },
    { id: 'unread', group: 'chat', name: m.act_unread(), keys: ['KeyU'], enabled: some, run: deed((c) => app.deeds.toggleUnread(c)) },
    { id: 'read_all', group: 'chat', name: m.act_read_all(), keys: ['Shift+Escape'], whileTyping: true, enabled, run: () => void app.deeds.readAll() },
    { id: 'mute', group: 'chat', name: m.act_mute(), enabled: some, run: deed((c) => app.deeds.mute(c)) },
    { id: 'silence', group: 'chat', name: m.act_silence(), enabled: some, run: deed((c) => app.deeds.silence(c)) },
    { id: 'load_history', group: 'chat', name: m.coverage_load(), enabled: open !== undefined, run: () => { if (open) void app.deeds.loadHistory(open); } },
    { id: 'archive', group: 'chat', name: m.act_archive(), enabled: some, run: deed((c) => app.deeds.archive(c)) },
  ]; // prettier-ignore
}
