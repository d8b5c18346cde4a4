import { SvelteMap } from 'svelte/reactivity';
import type { ChatId } from '$lib/backend';

/** At most this many are asked for at once. */
const BATCH = 200;

/**
 * Bodies by the id of a chat, fetched when somebody shows them. A list may have 100,000 ids; only
 * the rows in sight are ever read.
 */
export class Book<T extends object> {
  readonly #bodies = new SvelteMap<ChatId, T>();
  readonly #wanted = new Set<ChatId>();
  readonly #asked = new Set<ChatId>();
  #stopped = false;

  constructor(
    private readonly ask: (ids: ChatId[]) => Promise<readonly T[]>,
    private readonly idOf: (body: T) => ChatId,
    private readonly onError: (error: unknown) => void,
  ) {}

  get(id: ChatId | null): T | undefined {
    return id === null ? undefined : this.#bodies.get(id);
  }

  /** Keeps what came with something else; what is known already is kept as it is. */
  take(bodies: readonly T[]): void {
    for (const body of bodies) {
      if (!this.#bodies.has(this.idOf(body))) this.#bodies.set(this.idOf(body), body);
    }
  }

  /** Sees to it that these are read, in one call with others wanted now. */
  want(ids: readonly ChatId[]): void {
    const idle = this.#wanted.size === 0;
    for (const id of ids) {
      if (!this.#bodies.has(id) && !this.#asked.has(id)) this.#wanted.add(id);
    }
    if (idle && this.#wanted.size > 0) queueMicrotask(() => void this.#read());
  }

  /** Reads those that are not known yet; resolves when they are, or can not be read. */
  async read(ids: readonly ChatId[]): Promise<void> {
    for (const id of ids) if (!this.#bodies.has(id)) this.#wanted.add(id);
    await this.#read();
  }

  /** Reads again those that are known here; for "many", those in `shown`. */
  changed(ids: readonly ChatId[], shown: readonly ChatId[]): void {
    const stale = ids.length > 0 ? ids.filter((id) => this.#bodies.has(id)) : shown;
    if (ids.length === 0) {
      const keep = new Set(shown);
      for (const id of this.#bodies.keys()) if (!keep.has(id)) this.#bodies.delete(id);
    }
    const idle = this.#wanted.size === 0;
    for (const id of stale) this.#wanted.add(id);
    if (idle && this.#wanted.size > 0) queueMicrotask(() => void this.#read());
  }

  /** Shows a change before the program has confirmed it. Returns the way back. */
  assume(id: ChatId, part: Partial<T>): () => void {
    const before = this.#bodies.get(id);
    if (!before) return () => undefined;
    this.#bodies.set(id, { ...before, ...part });
    return () => this.changed([id], []);
  }

  async #read(): Promise<void> {
    const ids = [...this.#wanted].slice(0, BATCH);
    if (ids.length === 0) return;
    for (const id of ids) {
      this.#wanted.delete(id);
      this.#asked.add(id);
    }
    try {
      const bodies = await this.ask(ids);
      if (this.#stopped) return;
      const found = new Set(bodies.map(this.idOf));
      for (const body of bodies) this.#bodies.set(this.idOf(body), body);
      for (const id of ids) if (!found.has(id)) this.#bodies.delete(id);
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
