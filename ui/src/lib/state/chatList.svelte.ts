import type { AccountId, ApiError, Backend, ChatFilter, ChatId, Filter, GoneQuiet, Order, Targets, View, ViewId, WaitingChat } from '$lib/backend'; // prettier-ignore
import { toApiError } from '$lib/backend';
import { anywhere, joined, request, shapeOf, speaksOf, usualQuiet, waitingOnMe, type BuiltinView, type ListShape } from '$lib/domain/lists/builtin'; // prettier-ignore
import { isFolder } from '$lib/domain/lists/folders';
import { Latest, Throttle } from '$lib/shared/latest';
import { ListsAhead } from './listsAhead';

/** A view of the sidebar: one that every workspace has, or the id of one that was saved. */
export type ViewKey = BuiltinView | ViewId;

const AGAIN_MS = 150;
/** A list that takes longer than this to be read is taken away meanwhile. */
const SLOW_MS = 150;
/** Rows of another list whose contents are read before it is drawn: more than a window shows. */
const FIRST_ROWS = 32;
/** A saved view shows what its expression lets through, nothing else. */
const saved: ListShape = { filter: null, archived: false, order: 'activity' };

/** Which chats the list shows, in which order, and where its cursor is. */
export class ChatList {
  #view = $state.raw<BuiltinView | View>('all');
  #account = $state<AccountId | null>(null);
  #quiet = $state.raw<GoneQuiet>(usualQuiet);
  #filter = $state.raw<Filter | null>(null);
  #order = $state<Order>('activity');
  #keys = $state.raw<readonly ChatId[]>([]);
  #waits = $state.raw<ReadonlyMap<ChatId, WaitingChat>>(new Map());
  #loaded = $state(false);
  #error = $state.raw<ApiError | null>(null);
  /** Grows when another list is shown, which begins at its top. */
  #shown = $state(0);
  /** Whether a condition is being added. */
  adding = $state(false);
  /** The row that the arrow keys move. */
  cursor = $state<ChatId | null>(null);
  /** The chat that is open: it stays in the list even where the filter would drop it. */
  open = $state<ChatId | null>(null);
  /** Lists that were read before they are shown. */
  readonly ahead: ListsAhead;
  readonly #reading = new Latest();
  readonly #again = new Throttle(AGAIN_MS);

  /** `prepare` reads the contents of rows, so that a list is drawn once, not first without them. */
  constructor(
    private readonly backend: Backend,
    private readonly prepare: (ids: readonly ChatId[]) => Promise<void>,
  ) {
    this.ahead = new ListsAhead(
      (filter) => backend.call('chat_keys', { filter }),
      (keys) => prepare(keys.slice(0, FIRST_ROWS)),
    );
  }

  get view(): ViewKey {
    return typeof this.#view === 'string' ? this.#view : this.#view.id;
  }

  /** The view itself. */
  get what(): BuiltinView | View {
    return this.#view;
  }

  /** The saved view that is shown, as it was saved. */
  get saved(): View | null {
    return typeof this.#view === 'string' || isFolder(this.#view) ? null : this.#view;
  }

  get account(): AccountId | null {
    return this.#account;
  }

  /** What the operator narrowed the list by; for a saved view, its own expression at first. */
  get filter(): Filter | null {
    return this.#filter;
  }

  get order(): Order {
    return this.#order;
  }

  /** The order in which the view comes. */
  get ownOrder(): Order {
    return this.saved?.order ?? this.#shape.order;
  }

  /** Whether it was narrowed or ordered in another way than its view. */
  get changed(): boolean {
    return this.#order !== this.ownOrder || !sameAs(this.#filter, this.saved?.filter ?? null);
  }

  get keys(): readonly ChatId[] {
    return this.#keys;
  }

  /** Since when those wait that "waiting on me" shows, and why each stands where it does. */
  get waits(): ReadonlyMap<ChatId, WaitingChat> {
    return this.#waits;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  get shown(): number {
    return this.#shown;
  }

  get error(): ApiError | null {
    return this.#error;
  }

  /** Whether something but "all chats of all accounts" is shown. */
  get filtered(): boolean {
    return this.#view !== 'all' || this.#account !== null || this.#filter !== null;
  }

  get #shape(): ListShape {
    return beginningOf(this.#view, this.#quiet).shape;
  }

  /** What the program is asked for; a change of all that the list shows names it by this. */
  get request(): ChatFilter {
    return request(this.#shape, this.#account, this.#filter, this.#order);
  }

  /** All of it, for the program. Who waits is no filter of the program's, so those are named. */
  get targets(): Targets | null {
    return this.#view === 'waiting_on_me' ? null : { in: 'list', of: this.request };
  }

  /** Whether its chats are in Telegram's archive; `null` where they may be either. */
  get archived(): boolean | null {
    const { filter, archived } = this.#shape;
    const either = this.#view === 'waiting_on_me' || speaksOf(joined([filter, this.#filter]), ['archived']); // prettier-ignore
    return either ? null : archived;
  }

  /** All that the list is narrowed by, so that it can be kept as a view. */
  get whole(): Filter | null {
    const account: Filter | null = this.#account === null ? null : { has: 'account', of: this.#account }; // prettier-ignore
    const waiting = this.#view === 'waiting_on_me' ? waitingOnMe : null;
    const archived: Filter | null = this.#shape.archived ? { has: 'archived' } : null;
    return joined([account, waiting, archived, this.#shape.filter, this.#filter]);
  }

  /** Shows a view and the chats of one account, or of all; narrowed further where that is said. */
  async show(
    view: BuiltinView | View,
    account: AccountId | null,
    filter: Filter | null = beginningOf(view, this.#quiet).filter,
  ): Promise<void> {
    const { order } = beginningOf(view, this.#quiet);
    const same = sameAs(view, this.#view) && account === this.#account;
    if (same && sameAs(filter, this.#filter) && order === this.#order) return;
    this.#view = view;
    this.#account = account;
    this.#filter = filter;
    this.#order = order;
    await this.#begin();
  }

  /** Shows the same of one account, or of all. */
  async of(account: AccountId | null): Promise<void> {
    if (account === this.#account) return;
    this.#account = account;
    await this.#begin();
  }

  /** Narrows the list by an expression, or no more. */
  async narrow(filter: Filter | null): Promise<void> {
    if (sameAs(filter, this.#filter)) return;
    this.#filter = filter;
    await this.#begin();
  }

  /** Orders the list. */
  async sort(order: Order): Promise<void> {
    if (order === this.#order) return;
    this.#order = order;
    await this.#begin();
  }

  /** Shows the view as it is. */
  async reset(): Promise<void> {
    await this.show(this.#view, this.#account);
  }

  /** The saved view is another now: what was not changed here follows it. */
  viewSaved(view: View): void {
    const former = this.saved;
    if (former?.id !== view.id || sameAs(former, view)) return;
    const untouched = sameAs(this.#filter, former.filter) && this.#order === former.order;
    this.#view = view;
    if (!untouched) return;
    this.#filter = view.filter;
    this.#order = view.order;
    void this.#begin();
  }

  /** Follows the saved views: the one that is shown may be another now, or be gone. */
  viewsAre(views: readonly View[]): void {
    const shown = this.saved;
    if (!shown) return;
    const now = views.find(({ id }) => id === shown.id);
    if (now) this.viewSaved(now);
    else void this.show('all', this.#account);
  }

  /** Follows who has gone quiet by the operator's rule. */
  quietIs(quiet: GoneQuiet): void {
    if (sameAs(quiet, this.#quiet)) return;
    this.#quiet = quiet;
    if (this.#view === 'gone_quiet' || this.#view === 'waiting_on_them') void this.#begin();
  }

  /** Follows after how many days who waits is let go. */
  letGoIs(): void {
    if (this.#view === 'waiting_on_me') this.refresh();
  }

  /** How many chats of the account a filter lets through. */
  async countOf(filter: Filter): Promise<number> {
    const asked = request({ filter, archived: false, order: 'activity' }, this.#account, null, 'activity'); // prettier-ignore
    const [found] = await this.backend.call('chat_counts', { lists: [asked] });
    return found?.chats ?? 0;
  }

  /** Follows Telegram's folders as saved views are followed. */
  foldersAre(views: readonly View[]): void {
    const shown = this.#view;
    if (typeof shown === 'string' || !isFolder(shown)) return;
    const now = views.find(({ id }) => id === shown.id);
    void this.show(now ?? 'all', this.#account, now ? this.#filter : null);
  }

  /** Reads another list. The former one stands until its keys are there, unless that takes long. */
  async #begin(): Promise<void> {
    this.#loaded = false;
    this.cursor = null;
    const slow = setTimeout(() => this.#take([], new Map()), SLOW_MS);
    await this.load(() => clearTimeout(slow));
    clearTimeout(slow);
  }

  /** Reads the ids of the list. */
  async load(arrived: () => void = () => undefined): Promise<void> {
    try {
      const found = await this.#reading.ask(() => this.#readPrepared(arrived));
      if (!found) return;
      if (!this.#loaded) this.#shown += 1;
      this.#take(this.#loaded ? this.#keepOpen(found.keys) : found.keys, found.waits);
      this.#error = null;
      this.#loaded = true;
    } catch (error) {
      this.#error = toApiError(error);
    }
  }

  #take(keys: readonly ChatId[], waits: ReadonlyMap<ChatId, WaitingChat>): void {
    // The same ids again, as after most events, have nothing drawn anew.
    if (!sameOrder(keys, this.#keys)) this.#keys = keys;
    this.#waits = waits;
  }

  async #readPrepared(arrived: () => void) {
    const found = await this.#read();
    arrived();
    if (!this.#loaded) await this.prepare(found.keys.slice(0, FIRST_ROWS));
    return found;
  }

  async #read(): Promise<{ keys: ChatId[]; waits: ReadonlyMap<ChatId, WaitingChat> }> {
    if (this.#view === 'waiting_on_me') return this.#readWaiting();
    const { request } = this;
    const keys = await (this.#loaded ? this.ahead.again(request) : this.ahead.get(request));
    return { keys, waits: new Map() };
  }

  /** Reads what a view shows, in case somebody is about to go there. */
  want(view: BuiltinView | View): void {
    if (view === 'waiting_on_me') return;
    const { shape, filter, order } = beginningOf(view, this.#quiet);
    void this.ahead.want(request(shape, this.#account, filter, order));
  }

  /** Reads what the list would show if it were narrowed so, in case somebody is about to. */
  wantNarrowed(filter: Filter | null): void {
    if (this.#view === 'waiting_on_me') return;
    void this.ahead.want(request(this.#shape, this.#account, filter, this.#order));
  }

  /** Who waits, in the program's own order; narrowed and reordered like any list. */
  async #readWaiting() {
    const [account, filter, order] = [this.#account, this.#filter, this.#order];
    const all = account === null && filter === null && order === 'waiting';
    const [waiting, keys] = await Promise.all([
      this.backend.call('waiting', {}),
      all ? null : this.backend.call('chat_keys', { filter: anywhere(account, filter, order) }),
    ]);
    const waits = new Map(waiting.map((chat) => [chat.chat, chat]));
    const inOrder = [...waits.keys()];
    if (!keys) return { keys: inOrder, waits };
    const found = new Set(keys);
    return {
      keys: order === 'waiting' ? inOrder.filter((id) => found.has(id)) : keys.filter((id) => waits.has(id)), // prettier-ignore
      waits,
    };
  }

  /** A chat that was just read leaves "unread"; taking its row away under the pointer would not do. */
  #keepOpen(keys: ChatId[]): ChatId[] {
    const at = this.open === null ? -1 : this.#keys.indexOf(this.open);
    if (this.open === null || at < 0 || !this.#losesWhatIsRead || keys.includes(this.open)) {
      return keys;
    }
    return keys.toSpliced(at, 0, this.open);
  }

  /** Whether a chat leaves the list by being read or answered. */
  get #losesWhatIsRead(): boolean {
    if (this.#view === 'unread' || this.#view === 'waiting_on_me') return true;
    return speaksOf(joined([this.#shape.filter, this.#filter]), ['unread', 'mentioned', 'waiting_on_me', 'last_from']); // prettier-ignore
  }

  /** Whether the list becomes another by time alone. */
  get ages(): boolean {
    return this.#waits.size > 0 || speaksOf(joined([this.#shape.filter, this.#filter]), ['muted']);
  }

  /** Chats that have something unread, among all that the list may show. */
  async unread(): Promise<ReadonlySet<ChatId>> {
    const waiting = this.#view === 'waiting_on_me';
    const wanted = waiting ? anywhere(this.#account, this.#filter, this.#order) : this.request;
    return new Set(await this.backend.call('chat_keys', { filter: { ...wanted, unread: true } }));
  }

  /** Reads again soon; many requests become one. */
  refresh(): void {
    this.#again.run(() => void this.load());
  }

  /** The chat this many rows below another, or the first where there is none. */
  beside(from: ChatId | null, step: number): ChatId | null {
    const at = from === null ? -1 : this.#keys.indexOf(from);
    if (at < 0) return this.#keys[0] ?? null;
    return this.#keys[Math.min(this.#keys.length - 1, Math.max(0, at + step))] ?? null;
  }

  /** Moves the cursor by rows. */
  move(step: number): void {
    this.cursor = this.beside(this.cursor ?? this.open, step);
  }

  /** Moves the cursor to the first or the last row. */
  moveToEnd(end: 'first' | 'last'): void {
    this.cursor = (end === 'first' ? this.#keys[0] : this.#keys.at(-1)) ?? null;
  }

  stop(): void {
    this.#again.cancel();
    this.#reading.cancel();
  }
}

/** How a view begins: its shape, what it is narrowed by, and in which order it comes. */
function beginningOf(
  view: BuiltinView | View,
  quiet: GoneQuiet,
): {
  shape: ListShape;
  filter: Filter | null;
  order: Order;
} {
  if (typeof view === 'string') {
    const shape = shapeOf(view, quiet);
    return { shape, filter: null, order: shape.order };
  }
  const { filter, order } = view;
  return isFolder(view)
    ? { shape: { ...saved, filter }, filter: null, order }
    : { shape: saved, filter, order };
}

function sameOrder(a: readonly ChatId[], b: readonly ChatId[]): boolean {
  return a.length === b.length && a.every((id, at) => id === b[at]);
}

/** Whether two things out of the program say the same. */
function sameAs(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
