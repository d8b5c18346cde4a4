import type { ChatFilter, ChatId } from '$lib/backend';

/** Lists whose ids are kept: the ones before and after the one that is shown, and some seen before. */
const KEPT = 6;
/** For so long a list is what it was, if nobody tells otherwise: some speak of the time of day. */
const FRESH_MS = 30_000;

interface Kept {
  keys: Promise<ChatId[]>;
  at: number;
}

/**
 * The ids of lists that are likely to be shown next, read before somebody asks for them, and of those shown
 * a moment ago: one of them is drawn with the next frame. An event has all of them forgotten, also those
 * that are on their way.
 */
export class ListsAhead {
  readonly #lists = new Map<string, Kept>();

  constructor(
    private readonly read: (request: ChatFilter) => Promise<ChatId[]>,
    /** Reads the contents of a list's first rows. */
    private readonly prepare: (keys: readonly ChatId[]) => Promise<void>,
  ) {}

  /** Reads a list and what stands at its top, unless it is known. */
  async want(request: ChatFilter): Promise<void> {
    if (this.#known(request)) return;
    try {
      await this.prepare(await this.#keep(request));
    } catch {
      // Whoever shows the list asks again, and is told what is wrong.
    }
  }

  /** The ids of a list, asked for unless they are known. */
  get(request: ChatFilter): Promise<ChatId[]> {
    return this.#known(request) ?? this.#keep(request);
  }

  /** Asks for the ids of a list, whatever is known. */
  again(request: ChatFilter): Promise<ChatId[]> {
    return this.#keep(request);
  }

  /** Something changed. */
  forget(): void {
    this.#lists.clear();
  }

  #known(request: ChatFilter): Promise<ChatId[]> | undefined {
    const kept = this.#lists.get(JSON.stringify(request));
    return kept && performance.now() - kept.at < FRESH_MS ? kept.keys : undefined;
  }

  #keep(request: ChatFilter): Promise<ChatId[]> {
    const name = JSON.stringify(request);
    const mine: Kept = { keys: this.read(request), at: performance.now() };
    this.#lists.delete(name);
    this.#lists.set(name, mine);
    for (const oldest of [...this.#lists.keys()].slice(0, -KEPT)) this.#lists.delete(oldest);
    // Nobody is to be told the same error twice.
    mine.keys.catch(() => this.#lists.get(name) === mine && this.#lists.delete(name));
    return mine.keys;
  }
}
