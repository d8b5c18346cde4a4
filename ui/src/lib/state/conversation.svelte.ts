import type {
  Anchor, ApiError, Backend, Chat, ChatId, Change, HistoryPage, Message, Outgoing, OutgoingId, RowId,
} from '$lib/backend'; // prettier-ignore
import { isApiError, toApiError } from '$lib/backend';
import { Latest, Throttle } from '$lib/shared/latest';

const PAGE = 50;
/** What a chat opens with: it fills a high window, and is drawn in half the time of a page. */
export const FIRST = 30;
/** Messages held at once; beyond, the far end is let go and read again when scrolled to. */
const HELD = 200;

/** Where a chat opens that nobody asked a message of: at its first unread one, or at the newest. */
export const freshAnchor = (chat: Chat | undefined): Anchor => ({
  at: chat && chat.unread > 0 ? 'unread' : 'latest',
});

/**
 * A window over one chat's history: pages are read by key at either end and dropped at the other,
 * so that a million messages cost no more than two hundred.
 */
export class Conversation {
  #messages = $state.raw<readonly Message[]>([]);
  #outgoing = $state.raw<readonly Outgoing[]>([]);
  #hasOlder = $state(false);
  #hasNewer = $state(false);
  #loaded = $state(false);
  #error = $state.raw<ApiError | null>(null);
  #firstUnread = $state<RowId | null>(null);
  /**
   * The message to bring into sight, or `null` for the end, and whether to mark it; the number
   * tells two jumps to one row apart.
   */
  target = $state.raw<{ row: RowId | null; mark: boolean; jump: number } | null>(null);
  #jumps = 0;
  readonly #opening = new Latest();
  readonly #paging = new Latest();
  #pagingAt: 'older' | 'newer' | null = null;
  readonly #tail = new Throttle(60);
  #stopped = false;

  constructor(
    private readonly backend: Backend,
    readonly chat: ChatId,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Oldest first. */
  get messages(): readonly Message[] {
    return this.#messages;
  }

  /** What is on its way out or failed; only while the newest page is shown. */
  get outgoing(): readonly Outgoing[] {
    return this.#hasNewer ? [] : this.#outgoing;
  }

  get hasOlder(): boolean {
    return this.#hasOlder;
  }

  get hasNewer(): boolean {
    return this.#hasNewer;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  get error(): ApiError | null {
    return this.#error;
  }

  /** The first message that was unread when the chat was opened. */
  get firstUnread(): RowId | null {
    return this.#firstUnread;
  }

  /** Opens at the first unread message, or at the newest; at once where the page was read ahead. */
  async openFresh(chat: Chat | undefined, ahead?: HistoryPage): Promise<void> {
    if (ahead) this.#show(ahead);
    const page = ahead ?? (await this.#open(freshAnchor(chat)));
    if (!page) return;
    const shown = page.messages.some((message) => message.row === page.first_unread);
    this.#firstUnread = chat && chat.unread > 0 && shown ? page.first_unread : null;
    if (this.#firstUnread !== null) this.#aim(this.#firstUnread, false);
  }

  /** Opens around a message and marks it. */
  async jumpTo(row: RowId): Promise<void> {
    if (this.#messages.some((message) => message.row === row)) return this.#aim(row, true);
    const page = await this.#open({ at: 'around', row });
    if (page) this.#aim(row, true);
  }

  /** Opens around the message with a Telegram id; `false` where it is not stored. */
  async jumpToMessage(id: number): Promise<boolean> {
    const held = this.#messages.find((message) => message.id === id);
    const row = held?.row ?? (await this.backend.call('locate', { chat: this.chat, message: id }));
    if (row === null) return false;
    await this.jumpTo(row);
    return true;
  }

  /** Goes to the newest message. */
  async jumpToLatest(): Promise<void> {
    if (this.#hasNewer) await this.#open({ at: 'latest' });
    this.#aim(null, false);
  }

  #aim(row: RowId | null, mark: boolean): void {
    this.target = { row, mark, jump: ++this.#jumps };
  }

  async #open(anchor: Anchor, limit = FIRST): Promise<HistoryPage | undefined> {
    this.#paging.cancel();
    this.#pagingAt = null;
    try {
      const page = await this.#opening.ask(() => this.#page(anchor, limit));
      if (page) this.#show(page);
      return page;
    } catch (error) {
      this.#error = toApiError(error);
      return undefined;
    }
  }

  #show(page: HistoryPage): void {
    this.#messages = page.messages;
    this.#outgoing = this.#mergeOutgoing(page.outgoing, page.messages);
    this.#hasOlder = page.has_older;
    this.#hasNewer = page.has_newer;
    this.#error = null;
    this.#loaded = true;
  }

  #page(anchor: Anchor, limit = PAGE): Promise<HistoryPage> {
    return this.backend.call('history', { request: { chat: this.chat, anchor, limit } });
  }

  /** Reads the page before the first message held. */
  async loadOlder(): Promise<void> {
    const first = this.#messages[0];
    if (!first || !this.#hasOlder || this.#pagingAt) return;
    const page = await this.#readPage('older', { at: 'before', row: first.row });
    if (!page) return;
    const all = [...page.messages, ...this.#messages];
    this.#hasOlder = page.has_older;
    if (all.length > HELD) this.#hasNewer = true;
    this.#messages = all.slice(0, HELD);
  }

  /** Reads the page after the last message held. */
  async loadNewer(): Promise<void> {
    const last = this.#messages.at(-1);
    if (!last || this.#pagingAt) return;
    const page = await this.#readPage('newer', { at: 'after', row: last.row });
    if (page) this.#append(page);
  }

  #append(page: HistoryPage): void {
    const held = new Set(this.#messages.map((message) => message.row));
    const all = [...this.#messages, ...page.messages.filter((message) => !held.has(message.row))];
    this.#hasNewer = page.has_newer;
    if (!page.has_newer) this.#outgoing = this.#mergeOutgoing(page.outgoing, all);
    if (all.length > HELD) this.#hasOlder = true;
    this.#messages = all.slice(-HELD);
  }

  async #readPage(end: 'older' | 'newer', anchor: Anchor): Promise<HistoryPage | undefined> {
    this.#pagingAt = end;
    try {
      return await this.#paging.ask(() => this.#page(anchor));
    } catch (error) {
      this.onError(error);
      return undefined;
    } finally {
      this.#pagingAt = null;
    }
  }

  /** Takes an event about messages of this chat. */
  async changed(change: Change, rows: readonly RowId[]): Promise<void> {
    if (!this.#loaded) return;
    if (rows.length === 0) return this.#readAgain();
    if (change === 'deleted') {
      const gone = new Set(rows);
      this.#messages = this.#messages.filter((message) => !gone.has(message.row));
      return;
    }
    if (change === 'edited') return this.#replace(rows);
    return this.#added(rows);
  }

  async #added(rows: readonly RowId[]): Promise<void> {
    const first = this.#messages[0]?.row ?? Infinity;
    const last = this.#messages.at(-1)?.row ?? -Infinity;
    if (this.#messages.length === 0 || rows.some((row) => row > first && row < last)) {
      return this.#readAgain();
    }
    if (rows.some((row) => row < first)) this.#hasOlder = true;
    if (rows.some((row) => row > last) && !this.#hasNewer) {
      this.#tail.run(() => void this.#readTail());
    }
  }

  async #readTail(): Promise<void> {
    const last = this.#messages.at(-1);
    if (!last || this.#hasNewer) return;
    try {
      const page = await this.#page({ at: 'after', row: last.row });
      if (!this.#stopped && this.#messages.at(-1)?.row === last.row) this.#append(page);
    } catch (error) {
      this.onError(error);
    }
  }

  async #readAgain(): Promise<void> {
    const middle = this.#messages[Math.floor(this.#messages.length / 2)];
    const anchor: Anchor = middle && this.#hasNewer ? { at: 'around', row: middle.row } : { at: 'latest' }; // prettier-ignore
    await this.#open(anchor, PAGE);
  }

  async #replace(rows: readonly RowId[]): Promise<void> {
    const held = rows.filter((row) => this.#messages.some((message) => message.row === row));
    if (held.length === 0) return;
    try {
      const fresh = await this.backend.call('messages', { rows: held });
      if (this.#stopped) return;
      const byRow = new Map(fresh.map((message) => [message.row, message]));
      this.#messages = this.#messages.map((message) => byRow.get(message.row) ?? message);
    } catch (error) {
      this.onError(error);
    }
  }

  /** The other end has read up to here: ticks change without reading the messages again. */
  readUpTo(id: number): void {
    const behind = ({ out, id: own, delivery }: Message) => out && own <= id && delivery === 'sent';
    if (!this.#messages.some(behind)) return;
    this.#messages = this.#messages.map((message) =>
      behind(message) ? { ...message, delivery: 'read' } : message,
    );
  }

  /** Takes an event about something on its way out. */
  async outgoingChanged(id: OutgoingId): Promise<void> {
    if (!this.#loaded) return;
    try {
      const item = await this.backend.call('outgoing', { id });
      if (this.#stopped) return;
      if (item.state.state !== 'sent') return this.#putOutgoing(item);
      // The message takes its place in the same frame, so that nothing jumps. Where it is not
      // stored yet, the item stays, with its tick, until the message comes.
      if (!this.#holds(sentId(item))) await this.#readTail();
      if (this.#hasNewer || this.#holds(sentId(item))) this.#dropOutgoing(id);
      else this.#putOutgoing(item);
    } catch (error) {
      if (isApiError(error) && error.code === 'not_found') this.#dropOutgoing(id);
      else this.onError(error);
    }
  }

  #putOutgoing(item: Outgoing): void {
    const known = this.#outgoing.some((other) => other.id === item.id);
    this.#outgoing = known
      ? this.#outgoing.map((other) => (other.id === item.id ? item : other))
      : [...this.#outgoing, item];
  }

  #dropOutgoing(id: OutgoingId): void {
    this.#outgoing = this.#outgoing.filter((item) => item.id !== id);
  }

  #holds(id: number | null): boolean {
    return this.#messages.some((message) => message.id === id);
  }

  /**
   * What a page says is on its way out, and what it can not know: texts that have no id yet, and
   * sent ones whose message is not stored yet.
   */
  #mergeOutgoing(known: readonly Outgoing[], messages: readonly Message[]): Outgoing[] {
    const ids = new Set(messages.map((message) => message.id));
    const unknown = this.#outgoing.filter(
      (item) => item.id < 0 || (item.state.state === 'sent' && !ids.has(item.state.message)),
    );
    return [...known, ...unknown];
  }

  /** Shows a text as sending before the program has answered; see {@link Conversation.settle}. */
  provisional(item: Outgoing): void {
    this.#putOutgoing(item);
    // Whoever sends wants to see it, wherever they were reading.
    void this.jumpToLatest();
  }

  /** Replaces a provisional item by what the program made of it, or takes it away. */
  settle(provisional: OutgoingId, item: Outgoing | null): void {
    this.#dropOutgoing(provisional);
    if (!item) return;
    const arrived = item.state.state === 'sent' || this.#outgoing.some((o) => o.id === item.id);
    if (!arrived) {
      this.#putOutgoing(item);
      // It may have been sent while the answer was on its way.
      void this.outgoingChanged(item.id);
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#opening.cancel();
    this.#paging.cancel();
    this.#tail.cancel();
  }
}

function sentId(item: Outgoing): number | null {
  return item.state.state === 'sent' ? item.state.message : null;
}
