import type { Chat, Message } from '$lib/backend';
import { m } from '$lib/messages';
import { cleanName } from '$lib/shared/text';
import type { App } from './app.svelte';

/** What can be done to a chat or its messages: shown at once, taken back where it can be. */
export class ChatDeeds {
  constructor(private readonly app: App) {}

  pin(chat: Chat, pinned = chat.pinned === null): void {
    const title = cleanName(chat.title);
    void this.#do(
      chat,
      { pinned: pinned ? 0 : null },
      () => this.app.backend.call('set_pinned', { chat: chat.id, pinned }),
      pinned ? m.done_pinned({ title }) : m.done_unpinned({ title }),
      () => this.pin(chat, !pinned),
    );
  }

  mute(chat: Chat, muted = chat.muted_until === null): void {
    const title = cleanName(chat.title);
    void this.#do(
      chat,
      { muted_until: muted ? 2 ** 31 - 1 : null },
      () => this.app.backend.call('set_muted', { chat: chat.id, muted }),
      muted ? m.done_muted({ title }) : m.done_unmuted({ title }),
      () => this.mute(chat, !muted),
    );
  }

  /** Keeps a chat from notifying on this computer, or lets it again; Telegram knows nothing of it. */
  async silence(chat: Chat, silent = !this.app.inbox?.silences.has(chat.id)): Promise<void> {
    const title = cleanName(chat.title);
    try {
      await this.app.inbox?.silences.set(chat.id, silent);
      const undo = () => void this.silence(chat, !silent);
      this.app.toasts.show(silent ? m.done_silenced({ title }) : m.done_unsilenced({ title }), { undo }); // prettier-ignore
    } catch (error) {
      this.app.report(error);
    }
  }

  archive(chat: Chat, archived = !chat.archived): void {
    const title = cleanName(chat.title);
    void this.#do(
      chat,
      { archived },
      () => this.app.backend.call('set_archived', { chat: chat.id, archived }),
      archived ? m.done_archived({ title }) : m.done_unarchived({ title }),
      () => this.archive(chat, !archived),
    );
  }

  /** Marks all of a chat read. */
  markRead(chat: Chat): void {
    const last = chat.last?.id;
    if (last !== null && last !== undefined) void this.app.inbox?.read(chat.id, last);
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

  async #do(
    chat: Chat,
    part: Partial<Chat>,
    call: () => Promise<null>,
    done: string,
    undo: () => void,
  ): Promise<void> {
    const back = this.app.inbox?.book.assume(chat.id, part);
    try {
      await call();
      this.app.toasts.show(done, { undo });
    } catch (error) {
      back?.();
      this.app.report(error);
    }
  }
}
