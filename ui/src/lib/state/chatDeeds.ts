import type { Chat, Message } from '$lib/backend';
import { chatTitle } from '$lib/domain/chat/kinds';
import { isMuted } from '$lib/domain/chat/marks';
import { m } from '$lib/messages';
import type { App } from './app.svelte';

/** What can be done to a chat or its messages: shown at once, taken back where it can be. */
export class ChatDeeds {
  constructor(private readonly app: App) {}

  pin(chat: Chat, pinned = chat.pinned === null): void {
    const title = chatTitle(chat);
    void this.#do(
      chat,
      (on) => ({ pinned: on ? 0 : null }),
      (on) => this.app.backend.call('set_pinned', { chat: chat.id, pinned: on }),
      pinned,
      pinned ? m.done_pinned({ title }) : m.done_unpinned({ title }),
    );
  }

  mute(chat: Chat, muted = !isMuted(chat, Date.now())): void {
    const title = chatTitle(chat);
    void this.#do(
      chat,
      (on) => ({ muted_until: on ? 2 ** 31 - 1 : null }),
      (on) => this.app.backend.call('set_muted', { chat: chat.id, muted: on }),
      muted,
      muted ? m.done_muted({ title }) : m.done_unmuted({ title }),
    );
  }

  /** Keeps a chat from notifying on this computer, or lets it again; Telegram knows nothing of it. */
  silence(chat: Chat, silent = !this.app.inbox?.silences.has(chat.id)): void {
    const title = chatTitle(chat);
    void this.#do(
      chat,
      () => ({}),
      async (on) => this.app.inbox?.silences.set(chat.id, on),
      silent,
      silent ? m.done_silenced({ title }) : m.done_unsilenced({ title }),
    );
  }

  archive(chat: Chat, archived = !chat.archived): void {
    const title = chatTitle(chat);
    void this.#do(
      chat,
      (on) => ({ archived: on }),
      (on) => this.app.backend.call('set_archived', { chat: chat.id, archived: on }),
      archived,
      archived ? m.done_archived({ title }) : m.done_unarchived({ title }),
    );
  }

  /** Marks all of a chat read. */
  markRead(chat: Chat): void {
    this.toggleUnread(chat, false);
  }

  /** Marks a chat read, or unread. What was read can only be marked unread again. */
  toggleUnread(chat: Chat, to = chat.unread === 0 && !chat.unread_mark): void {
    const title = chatTitle(chat);
    void this.#do(
      chat,
      (on) => (on ? { unread_mark: true } : { unread: 0, unread_mark: false, mentions: 0 }),
      async (on) =>
        on
          ? this.app.backend.call('set_unread_mark', { chat: chat.id, marked: true })
          : this.#readWhole(chat),
      to,
      to ? m.done_unread({ title }) : m.done_read({ title }),
    );
  }

  /** Marks every chat of the list read. */
  readAll(): Promise<void> {
    const list = this.app.inbox?.list;
    return this.app.bulk.read(list?.targets ?? { in: 'chats', of: [...(list?.keys ?? [])] });
  }

  /** Marks one chat read: here also where Telegram can only be told of it later. */
  #readWhole({ id, last }: Chat): Promise<null> {
    const { backend } = this.app;
    if (last?.id == null) return backend.call('set_unread_mark', { chat: id, marked: false });
    return backend.call('read', { chat: id, up_to: last.id });
  }

  /** Has the whole history of a chat fetched. */
  async loadHistory(chat: Chat): Promise<void> {
    const { app } = this;
    try {
      const coverage = await app.backend.call('load_history', { chat: chat.id, asked: true });
      if (app.inbox) app.inbox.coverage = coverage;
      app.toasts.show(coverage.gaps.length === 0 ? m.coverage_whole() : m.coverage_loading());
    } catch (error) {
      app.report(error);
    }
  }

  /** Deletes messages, here or for everyone; asked for beforehand. */
  async delete(messages: readonly Message[], forEveryone: boolean): Promise<void> {
    this.app.overlay = null;
    const rows = messages.map((message) => message.row);
    try {
      await this.app.backend.call('delete', { rows, for_everyone: forEveryone });
      this.app.toasts.show(m.deleted());
    } catch (error) {
      this.app.report(error);
    }
  }

  /** Switches something of a chat on or off, and offers the way back. */
  async #do(
    chat: Chat,
    part: (on: boolean) => Partial<Chat>,
    call: (on: boolean) => Promise<unknown>,
    on: boolean,
    text: string,
  ): Promise<void> {
    const turn = async (to: boolean) => {
      const back = this.app.inbox?.book.assume(chat.id, part(to));
      try {
        await call(to);
      } catch (error) {
        back?.();
        throw error;
      }
    };
    const doing = turn(on);
    const toast = this.app.toasts.show(text, { undo: () => doing.then(() => turn(!on)) });
    try {
      await doing;
    } catch (error) {
      this.app.toasts.retract(toast);
      this.app.report(error);
    }
  }
}
