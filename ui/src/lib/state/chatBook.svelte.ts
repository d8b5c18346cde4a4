import { SvelteMap } from 'svelte/reactivity';
import type { Backend, Chat, ChatId } from '$lib/backend';

/** At most this many chats are asked for at once. */
const BATCH = 200;

/**
 * Bodies of chats by id, fetched when somebody shows them. A list may have 100,000 ids; only the
 * rows in sight are ever read.
 */
export class ChatBook {
  readonly #chats = new SvelteMap<ChatId, Chat>();
  readonly #wanted = new Set<ChatId>();
  readonly #asked = new Set<ChatId>();
  #stopped = false;

  constructor(
    private readonly backend: Backend,
    private readonly onError: (error: unknown) => void,
  ) {}

  get(id: ChatId | null): Chat | undefined {
    return id === null ? undefined : this.#chats.get(id);
  }

  /** Sees to it that these are read, in one call with others wanted now. */
  want(ids: readonly ChatId[]): void {
    const idle = this.#wanted.size === 0;
    for (const id of ids) {
      if (!this.#chats.has(id) && !this.#asked.has(id)) this.#wanted.add(id);
    }
    if (idle && this.#wanted.size > 0) queueMicrotask(() => void this.#read());
  }

  /** Reads again those that are known here; for "many", those in `shown`. */
  changed(ids: readonly ChatId[], shown: readonly ChatId[]): void {
    const stale = ids.length > 0 ? ids.filter((id) => this.#chats.has(id)) : shown;
    if (ids.length === 0) {
      const keep = new Set(shown);
      for (const id of this.#chats.keys()) if (!keep.has(id)) this.#chats.delete(id);
    }
    const idle = this.#wanted.size === 0;
    for (const id of stale) this.#wanted.add(id);
    if (idle && this.#wanted.size > 0) queueMicrotask(() => void this.#read());
  }

  /** Shows a change before the program has confirmed it. Returns the way back. */
  assume(id: ChatId, part: Partial<Chat>): () => void {
    const before = this.#chats.get(id);
    if (!before) return () => undefined;
    this.#chats.set(id, { ...before, ...part });
    return () => this.changed([id], []);
  }

  async #read(): Promise<void> {
    const ids = [...this.#wanted].slice(0, BATCH);
    for (const id of ids) {
      this.#wanted.delete(id);
      this.#asked.add(id);
    }
    try {
      const chats = await this.backend.call('chats', { ids });
      if (this.#stopped) return;
      const found = new Set(chats.map((chat) => chat.id));
      for (const chat of chats) this.#chats.set(chat.id, chat);
      for (const id of ids) if (!found.has(id)) this.#chats.delete(id);
    } catch (error) {
      if (!this.#stopped) this.onError(error);
    } finally {
      for (const id of ids) this.#asked.delete(id);
    }
    if (this.#wanted.size > 0 && !this.#stopped) await this.#read();
  }

  stop(): void {
    this.#stopped = true;
  }
}
