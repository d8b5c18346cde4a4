import type { ApiError, Backend, Change, ChatId, Message, RowId, TimelineMark } from '$lib/backend';
import { toApiError } from '$lib/backend';
import { Latest, Throttle } from '$lib/shared/latest';

const PAGE = 50;
/** Pages that are held at once; those at the far end are let go and read again when scrolled to. */
const HELD = 5;

/** A page: where it begins, and its messages, newest first, while they are held. */
interface Part {
  from: readonly TimelineMark[];
  messages: readonly Message[] | null;
}

/**
 * Messages with a person over all accounts, read by key page by page: a million of them cost no more
 * than a few pages. Where a page began is kept, so that it can be read again.
 */
export class Timeline {
  /** Newest first. */
  #parts = $state.raw<readonly Part[]>([]);
  /** Where the page after the last one begins; nothing where there is none. */
  #older = $state.raw<readonly TimelineMark[]>([]);
  #loaded = $state(false);
  #error = $state.raw<ApiError | null>(null);
  /** Grows when the newest is to be brought into sight. */
  #jumps = $state(0);
  readonly #messages = $derived(inOrder(this.#parts));
  readonly #opening = new Latest();
  readonly #paging = new Latest();
  #pagingAt: 'older' | 'newer' | null = null;
  readonly #coming = new Throttle(60);
  readonly #come = new Set<RowId>();
  /** Whether something newer came while the newest page was let go. */
  #missed = false;
  #stopped = false;

  constructor(
    private readonly backend: Backend,
    private readonly chat: ChatId,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Those that are held, oldest first. */
  get messages(): readonly Message[] {
    return this.#messages;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  get error(): ApiError | null {
    return this.#error;
  }

  get jumps(): number {
    return this.#jumps;
  }

  get hasOlder(): boolean {
    return this.#older.length > 0 || this.#parts.at(-1)?.messages === null;
  }

  get hasNewer(): boolean {
    return this.#parts[0]?.messages === null;
  }

  /** Reads the newest page. */
  async open(): Promise<void> {
    this.#paging.cancel();
    this.#pagingAt = null;
    try {
      const page = await this.#opening.ask(() => this.#read([]));
      if (!page || this.#stopped) return;
      this.#parts = [{ from: [], messages: page.messages }];
      this.#older = page.older;
      this.#missed = false;
      this.#error = null;
      this.#loaded = true;
      this.#jumps += 1;
    } catch (error) {
      this.#error = toApiError(error);
    }
  }

  #read(older: readonly TimelineMark[]) {
    return this.backend.call('timeline', { chat: this.chat, older: [...older], limit: PAGE });
  }

  /** Reads the page above what is held. */
  async loadOlder(): Promise<void> {
    const at = this.#parts.findLastIndex(({ messages }) => messages !== null) + 1;
    const from = this.#parts[at]?.from ?? this.#older;
    if (from.length === 0) return;
    await this.#turn('older', at, from);
  }

  /** Reads the page below what is held. */
  async loadNewer(): Promise<void> {
    const at = this.#parts.findIndex(({ messages }) => messages !== null) - 1;
    const part = this.#parts[at];
    if (!part) return;
    if (at === 0 && this.#missed) return this.open();
    await this.#turn('newer', at, part.from);
  }

  async #turn(to: 'older' | 'newer', at: number, from: readonly TimelineMark[]): Promise<void> {
    if (!this.#loaded || this.#pagingAt !== null) return;
    this.#pagingAt = to;
    try {
      const page = await this.#paging.ask(() => this.#read(from));
      if (!page || this.#stopped) return;
      if (at === this.#parts.length) this.#older = page.older;
      const parts = this.#parts.toSpliced(at, 1, { from, messages: page.messages });
      this.#parts = letGo(parts, to);
    } catch (error) {
      this.onError(error);
    } finally {
      if (this.#pagingAt === to) this.#pagingAt = null;
    }
  }

  /** Takes an event about messages of one of the person's chats. */
  changed(change: Change, rows: readonly RowId[]): void {
    if (!this.#loaded) return;
    if (rows.length === 0) void this.open();
    else if (change === 'deleted') this.#drop(new Set(rows));
    else this.#fetch(rows);
  }

  #drop(gone: ReadonlySet<RowId>): void {
    this.#parts = this.#parts.map((part) => ({
      ...part,
      messages: part.messages?.filter(({ row }) => !gone.has(row)) ?? null,
    }));
  }

  #fetch(rows: readonly RowId[]): void {
    for (const row of rows) this.#come.add(row);
    this.#coming.run(() => void this.#readCome());
  }

  async #readCome(): Promise<void> {
    const rows = [...this.#come];
    this.#come.clear();
    try {
      const messages = await this.backend.call('messages', { rows });
      if (!this.#stopped) for (const message of messages) this.#put(message);
    } catch (error) {
      this.onError(error);
    }
  }

  /** Puts a message into its page; one that belongs to a page that is not held is read with that. */
  #put(message: Message): void {
    const { row } = message;
    const known = this.#parts.findIndex(({ messages }) => messages?.some((one) => one.row === row));
    const newest = this.#messages.at(-1)?.row ?? -Infinity;
    if (known < 0 && row > newest && this.hasNewer) {
      this.#missed = true;
      return;
    }
    const below = this.#parts.findIndex(({ messages }) => (messages?.at(-1)?.row ?? Infinity) <= row);
    const last = this.#parts.length - 1;
    const at = known >= 0 ? known : below >= 0 ? below : this.hasOlder ? -1 : last;
    const part = this.#parts[at];
    if (!part?.messages) return;
    const others = part.messages.filter((one) => one.row !== row);
    const messages = [...others, message].toSorted((a, b) => b.row - a.row);
    this.#parts = this.#parts.toSpliced(at, 1, { ...part, messages });
  } // prettier-ignore

  /** The other end has read a chat up to here: ticks change without reading the messages again. */
  readUpTo(chat: ChatId, id: number): void {
    const behind = (one: Message) => one.chat === chat && one.out && one.id <= id && one.delivery === 'sent'; // prettier-ignore
    if (!this.#messages.some(behind)) return;
    this.#parts = this.#parts.map((part) => ({
      ...part,
      messages: part.messages?.map((one) => (behind(one) ? { ...one, delivery: 'read' } : one)) ?? null, // prettier-ignore
    }));
  }

  stop(): void {
    this.#stopped = true;
    this.#opening.cancel();
    this.#paging.cancel();
    this.#coming.cancel();
  }
}

/** Messages of the pages that are held, oldest first, each once. */
function inOrder(parts: readonly Part[]): readonly Message[] {
  const seen = new Set<RowId>();
  const all = parts.flatMap(({ messages }) => messages ?? []);
  return all.filter(({ row }) => !seen.has(row) && seen.add(row)).toReversed();
}

/** Lets the page go that is farthest from where one reads, where too many are held. */
function letGo(parts: readonly Part[], to: 'older' | 'newer'): readonly Part[] {
  const held = parts.filter(({ messages }) => messages !== null);
  if (held.length <= HELD) return parts;
  const far = to === 'older' ? held[0] : held.at(-1);
  return parts.map((part) => (part === far ? { ...part, messages: null } : part));
}
