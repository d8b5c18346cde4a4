import type { Backend, Chat, ChatId, HistoryPage } from '$lib/backend';
import { FIRST, freshAnchor } from './conversation.svelte';

/** Chats whose pages are kept: the one the cursor stands on, or those beside the open one. */
const KEPT = 3;

interface Ahead {
  at: string;
  page: HistoryPage | null;
}

/**
 * What chats open with, read before they are opened: one that is about to be opened is then drawn
 * once, with its messages, instead of first without them. An event about a chat has its page forgotten,
 * also one that is on its way.
 */
export class HistoryAhead {
  readonly #pages = new Map<ChatId, Ahead>();

  constructor(private readonly backend: Backend) {}

  /** Reads what a chat opens with, unless that is known. */
  async want(chat: Chat): Promise<void> {
    const anchor = freshAnchor(chat);
    const { id } = chat;
    if (this.#pages.get(id)?.at === anchor.at) return;
    const mine: Ahead = { at: anchor.at, page: null };
    this.#pages.delete(id);
    this.#pages.set(id, mine);
    for (const oldest of [...this.#pages.keys()].slice(0, -KEPT)) this.#pages.delete(oldest);
    try {
      mine.page = await this.backend.call('history', {
        request: { chat: id, anchor, limit: FIRST },
      });
    } catch {
      // Whoever opens the chat asks again, and is told what is wrong.
      if (this.#pages.get(id) === mine) this.#pages.delete(id);
    }
  }

  /** Hands out what was read of a chat, once. */
  take(chat: Chat): HistoryPage | undefined {
    const ahead = this.#pages.get(chat.id);
    this.#pages.delete(chat.id);
    return ahead?.at === freshAnchor(chat).at ? (ahead.page ?? undefined) : undefined;
  }

  /** Something changed in a chat, or in any (`null`). */
  forget(chat: ChatId | null): void {
    if (chat === null) this.#pages.clear();
    else this.#pages.delete(chat);
  }
}
