import type { Chat, ChatId } from '$lib/backend';
import { m } from '$lib/messages';
import { count } from '$lib/shared/format';
import type { App } from './app.svelte';

/**
 * Telegram is told of these chat by chat, and a hurry would cost the account: no more at once than
 * somebody could do by hand.
 */
export const MOST_AT_ONCE = 100;
/** Chats that are read together. */
const PAGE = 100;

/** What is done to many chats one by one, because Telegram has to be told of each. */
export class Bulk {
  #doing = $state.raw<{ name: string; done: number; of: number } | null>(null);
  #cancelled = false;

  constructor(private readonly app: App) {}

  /** What is under way. */
  get doing(): { name: string; done: number; of: number } | null {
    return this.#doing;
  }

  /** Stops after the chat at hand; what was done stays, and can be taken back. */
  readonly cancel = (): void => {
    this.#cancelled = true;
  };

  /** Moves chats into Telegram's archive, or out of it. */
  async archive(ids: readonly ChatId[], archived: boolean): Promise<void> {
    const { backend, toasts } = this.app;
    const done = await this.#each(archived ? m.bulk_archiving() : m.bulk_unarchiving(), ids, async (chat) => {
      if (chat.archived === archived) return false;
      await backend.call('set_archived', { chat: chat.id, archived });
      return true;
    });
    const whom = chatsOf(done.length);
    if (done.length === 0) return;
    toasts.show(archived ? m.bulk_archived({ whom }) : m.bulk_unarchived({ whom }), {
      undo: async () => {
        for (const chat of done) await backend.call('set_archived', { chat, archived: !archived });
      },
    });
  } // prettier-ignore

  /** Those chats to which it was done. */
  async #each(
    name: string,
    ids: readonly ChatId[],
    run: (chat: Chat) => Promise<boolean>,
  ): Promise<ChatId[]> {
    const done: ChatId[] = [];
    if (this.#doing || ids.length > MOST_AT_ONCE) return done;
    this.#cancelled = false;
    this.#doing = { name, done: 0, of: ids.length };
    try {
      const chats = await this.app.backend.call('chats', { ids: ids.slice(0, PAGE) });
      for (const [index, chat] of chats.entries()) {
        if (this.#cancelled) break;
        if (await run(chat)) done.push(chat.id);
        this.#doing = { name, done: index + 1, of: ids.length };
      }
    } catch (error) {
      this.app.report(error);
    } finally {
      this.#doing = null;
    }
    return done;
  }
}

const chatsOf = (chats: number): string => m.chats_n({ count: chats, shown: count(chats) });
