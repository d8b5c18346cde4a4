import type { ChatId, Targets } from '$lib/backend';

/** A list that chats are selected in. */
export interface Listed {
  readonly keys: readonly ChatId[];
  cursor: ChatId | null;
  readonly open: ChatId | null;
  /** What the program is told where all of it is meant; `null` where each chat has to be named. */
  readonly targets: Targets | null;
  /** Whether its chats are in Telegram's archive; `null` where they may be either. */
  readonly archived: boolean | null;
  beside(from: ChatId | null, step: number): ChatId | null;
}

/** The chats of the list that something is to be done to, one or all hundred thousand of them. */
export class Selection {
  #ids = $state.raw<ReadonlySet<ChatId>>(new Set());
  /** Whether it is all that the list shows, which the program is told by the list's own filter. */
  #all = $state(false);
  /** Where a range began, and what was selected before it. */
  #anchor: ChatId | null = null;
  #before: ReadonlySet<ChatId> = new Set();

  constructor(private readonly list: Listed) {}

  get any(): boolean {
    return this.#all || this.#ids.size > 0;
  }

  get all(): boolean {
    return this.#all;
  }

  get count(): number {
    return this.#all ? this.list.keys.length : this.#ids.size;
  }

  has(id: ChatId): boolean {
    return this.#all || this.#ids.has(id);
  }

  /** Their ids, in the order of the list. */
  get ids(): readonly ChatId[] {
    return this.#all ? this.list.keys : this.list.keys.filter((id) => this.#ids.has(id));
  }

  /** What the program is told. */
  get targets(): Targets {
    return (this.#all ? this.list.targets : null) ?? { in: 'chats', of: [...this.ids] };
  }

  /** Selects a chat, or no more; the next range begins at it. */
  toggle(id: ChatId): void {
    const ids = new Set(this.#all ? this.list.keys : this.#ids);
    if (!ids.delete(id)) ids.add(id);
    this.#all = false;
    this.#ids = ids;
    this.#begin(id);
  }

  /** Selects all from where the range began up to a chat. */
  extendTo(id: ChatId): void {
    const { keys, cursor, open } = this.list;
    if (this.#all) return;
    if (this.#anchor === null) this.#begin(cursor ?? open ?? id);
    const [from, to] = [keys.indexOf(this.#anchor ?? id), keys.indexOf(id)].sort((a, b) => a - b);
    if (from === undefined || to === undefined || from < 0) return;
    this.#ids = new Set([...this.#before, ...keys.slice(from, to + 1)]);
    this.list.cursor = id;
  }

  /** Takes the range further by rows. */
  extend(step: number): void {
    const from = this.list.cursor ?? this.list.open;
    const to = this.list.beside(from, from === null ? 0 : step);
    if (to !== null) this.extendTo(to);
  }

  selectAll(): void {
    this.#all = this.list.keys.length > 0;
    this.#ids = new Set();
    this.#anchor = null;
  }

  clear(): void {
    this.#all = false;
    if (this.#ids.size > 0) this.#ids = new Set();
    this.#anchor = null;
    this.#before = new Set();
  }

  /** Those that left the list are selected no more. */
  keepListed(): void {
    if (this.#all && this.list.keys.length === 0) this.clear();
    if (this.#ids.size === 0) return;
    const ids = new Set(this.ids);
    if (ids.size < this.#ids.size) this.#ids = ids;
  }

  #begin(id: ChatId): void {
    this.#anchor = id;
    this.#before = this.#ids;
  }
}
