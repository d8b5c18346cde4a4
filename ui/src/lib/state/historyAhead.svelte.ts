import type { Backend, Chat, ChatId, HistoryPage } from '$lib/backend';
import type { Composer } from './composer.svelte';
import { Conversation, FIRST, freshAnchor } from './conversation.svelte';

/** Chats whose pages are kept: the one the cursor stands on, or those beside the open one. */
const KEPT = 3;

interface Ahead {
  at: string;
  page: HistoryPage | null;
}

/** A chat that is drawn out of sight, with the field to write in. */
export interface Drawn {
  chat: Chat;
  conversation: Conversation;
  composer: Composer;
}

/**
 * What chats open with, read before they are opened: one that is about to be opened is then drawn
 * once, with its messages, instead of first without them. The likeliest one is drawn before it is
 * opened, out of sight. An event about a chat has its page and its drawing forgotten, also a page that
 * is on its way.
 */
export class HistoryAhead {
  readonly #pages = new Map<ChatId, Ahead>();
  #likeliest: ChatId | null = null;
  #drawn = $state.raw<Drawn | null>(null);

  constructor(
    private readonly backend: Backend,
    private readonly compose: (chat: Chat, conversation: Conversation) => Composer,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** The chat to be drawn out of sight. */
  get drawn(): Drawn | null {
    return this.#drawn;
  }

  /** Reads what these chats open with, unless that is known, and draws the first one. */
  want(chats: readonly Chat[]): void {
    const [first] = chats;
    this.#likeliest = first?.id ?? null;
    if (this.#drawn && this.#drawn.chat !== first) this.#dropDrawn();
    for (const chat of chats) void this.#read(chat);
  }

  /** Reads what these chats open with, unless that is known, and draws none yet. */
  read(chats: readonly Chat[]): void {
    this.#likeliest = null;
    for (const chat of chats) void this.#read(chat);
  }

  async #read(chat: Chat): Promise<void> {
    const anchor = freshAnchor(chat);
    const { id } = chat;
    const known = this.#pages.get(id);
    if (known?.at === anchor.at) return this.#draw(chat, known);
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
    this.#draw(chat, mine);
  }

  #draw(chat: Chat, { page }: Ahead): void {
    if (chat.id !== this.#likeliest || !page || this.#drawn) return;
    if (this.#pages.get(chat.id)?.page !== page) return;
    const conversation = new Conversation(this.backend, chat.id, this.onError);
    void conversation.openFresh(chat, page);
    this.#drawn = { chat, conversation, composer: this.compose(chat, conversation) };
  }

  #dropDrawn(): void {
    this.#drawn?.conversation.stop();
    this.#drawn = null;
  }

  /** Hands out what was read of a chat, once: drawn, where it is. */
  take(chat: Chat): { drawn?: Drawn; page?: HistoryPage } {
    const drawn = this.#drawn;
    const ahead = this.#pages.get(chat.id);
    this.#pages.delete(chat.id);
    if (ahead?.at !== freshAnchor(chat).at) return {};
    if (drawn?.chat !== chat) return ahead.page ? { page: ahead.page } : {};
    this.#drawn = null;
    return { drawn };
  }

  /** Something changed in a chat, or in any (`null`). */
  forget(chat: ChatId | null): void {
    if (chat === null) this.#pages.clear();
    else this.#pages.delete(chat);
    if (chat === null || this.#drawn?.chat.id === chat) this.#dropDrawn();
  }
}
