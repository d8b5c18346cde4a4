import type { ApiError, Backend, ChatId, FieldId, FieldValue, Filter, PeopleSort, PersonRow } from '$lib/backend'; // prettier-ignore
import { toApiError } from '$lib/backend';
import { anywhere } from '$lib/domain/lists/builtin';
import { allColumns, inOrder, sameSort, type Column, type ColumnId } from '$lib/domain/people/columns'; // prettier-ignore
import { Debounce, Latest, Throttle } from '$lib/shared/latest';
import { remember, remembered } from '$lib/shared/remembered';
import { Book } from './book.svelte';
import type { Catalogue } from './catalogue.svelte';
import type { ChatBook } from './chatBook.svelte';
import { Selection } from './selection.svelte';

/** The whole table is sorted for each reading, so live traffic asks for it seldom. */
const AGAIN_MS = 1000;
/** A table that takes longer than this to be read is taken away meanwhile. */
const SLOW_MS = 150;
const TYPED_MS = 150;

const ORDER = 'people_columns';
const HIDDEN = 'people_columns_hidden';
const SORT = 'people_sort';

/** The table of people: who is in it, in which order, which columns it has, where its cursor is. */
export class People {
  #keys = $state.raw<readonly ChatId[]>([]);
  #loaded = $state(false);
  #error = $state.raw<ApiError | null>(null);
  /** Grows when another table is shown, which begins at its top. */
  #shown = $state(0);
  #sort = $state.raw<PeopleSort>({ by: 'last_contact' });
  #down = $state(true);
  #filter = $state.raw<Filter | null>(null);
  #words = $state('');
  #order = $state.raw<readonly string[]>(remembered(ORDER));
  #hidden = $state.raw<ReadonlySet<string>>(new Set(remembered(HIDDEN)));
  /** Whether a condition is being added. */
  adding = $state(false);
  /** Whether the columns are being chosen. */
  choosing = $state(false);
  /** The row that the arrow keys move. */
  cursor = $state<ChatId | null>(null);
  /** No chat is open here; a list of chats has one. */
  readonly open = null;
  readonly rows: Book<PersonRow>;
  readonly selection: Selection;
  readonly #all = $derived.by(() => allColumns(this.catalogue.fields));
  readonly #columns = $derived(inOrder(this.#all, this.#order));
  #inSight: readonly ChatId[] = [];
  #watched = false;
  readonly #reading = new Latest();
  readonly #again = new Throttle(AGAIN_MS);
  readonly #typing = new Debounce(TYPED_MS);

  constructor(
    private readonly backend: Backend,
    private readonly catalogue: Catalogue,
    private readonly book: ChatBook,
    onError: (error: unknown) => void,
  ) {
    this.rows = new Book(
      (ids) => this.#readRows(ids),
      ({ chat }) => chat.id,
      onError,
    );
    this.selection = new Selection(this);
    this.#recall();
  }

  get keys(): readonly ChatId[] {
    return this.#keys;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  get error(): ApiError | null {
    return this.#error;
  }

  get shown(): number {
    return this.#shown;
  }

  get sort(): PeopleSort {
    return this.#sort;
  }

  get down(): boolean {
    return this.#down;
  }

  get filter(): Filter | null {
    return this.#filter;
  }

  /** Words of a name, or another thing that a person is searched by. */
  get words(): string {
    return this.#words;
  }

  get narrowed(): boolean {
    return this.#filter !== null || this.#words.trim() !== '';
  }

  /** Every column in the operator's order. */
  get allColumns(): readonly Column[] {
    return this.#columns;
  }

  /** Columns that are shown. */
  get columns(): readonly Column[] {
    return this.#columns.filter(({ id }) => !this.isHidden(id));
  }

  /** One person may have a chat in many lists, so those who are selected are named. */
  get targets(): null {
    return null;
  }

  /** People are shown wherever their chats lie. */
  get archived(): null {
    return null;
  }

  isHidden(id: ColumnId): boolean {
    return id !== 'name' && this.#hidden.has(id);
  }

  hide(id: ColumnId, hidden: boolean): void {
    const others = [...this.#hidden].filter((other) => other !== id);
    this.#hidden = new Set(hidden ? [...others, id] : others);
    remember(HIDDEN, [...this.#hidden]);
  }

  orderColumns(order: readonly ColumnId[]): void {
    this.#order = order;
    remember(ORDER, order);
  }

  /** All columns again, in the order in which they come. */
  resetColumns(): void {
    this.orderColumns([]);
    this.#hidden = new Set();
    remember(HIDDEN, []);
  }

  /** Whether the table is sorted by a column, as its values read: upwards, downwards, or not. */
  sorted({ sort }: Column): 'ascending' | 'descending' | null {
    if (!sameSort(sort.by, this.#sort)) return null;
    return this.#down === sort.turned ? 'ascending' : 'descending';
  }

  /** Sorts by a column; once more, the other way round. */
  async sortBy({ sort }: Column): Promise<void> {
    this.#down = sameSort(sort.by, this.#sort) ? !this.#down : sort.down;
    this.#sort = sort.by;
    const field = sort.by.by === 'field' ? [String(sort.by.field)] : [];
    remember(SORT, [sort.by.by, this.#down ? 'down' : 'up', ...field]);
    await this.#begin();
  }

  #recall(): void {
    const [by, way, field] = remembered(SORT);
    const plain = ['last_contact', 'name', 'waiting', 'status', 'tags', 'due'] as const;
    const found = plain.find((one) => one === by);
    if (found) this.#sort = { by: found };
    else if (by === 'field' && Number(field) > 0) this.#sort = { by: 'field', field: Number(field) };
    else return;
    this.#down = way === 'down';
  } // prettier-ignore

  async narrow(filter: Filter | null): Promise<void> {
    if (JSON.stringify(filter) === JSON.stringify(this.#filter)) return;
    this.#filter = filter;
    await this.#begin();
  }

  /** Shows who is found by these words. */
  type(words: string): void {
    this.#words = words;
    this.#typing.later(() => void this.#begin());
  }

  /** Shows everybody. */
  async clear(): Promise<void> {
    this.#typing.cancel();
    this.#words = '';
    this.#filter = null;
    await this.#begin();
  }

  /** The page is shown: it is kept true until what is returned is called. */
  watch(): () => void {
    this.#watched = true;
    void this.load();
    return () => {
      this.#watched = false;
      this.adding = false;
      this.choosing = false;
      this.#again.cancel();
    };
  }

  async #begin(): Promise<void> {
    this.#loaded = false;
    const slow = setTimeout(() => (this.#keys = []), SLOW_MS);
    await this.load(() => clearTimeout(slow));
    clearTimeout(slow);
  }

  /** Reads who is in the table. */
  async load(arrived: () => void = () => undefined): Promise<void> {
    try {
      const keys = await this.#reading.ask(() => this.#read());
      arrived();
      if (!keys) return;
      if (!this.#loaded) this.#shown += 1;
      this.#keys = keys;
      this.#error = null;
      this.#loaded = true;
    } catch (error) {
      this.#error = toApiError(error);
    }
  }

  #read(): Promise<ChatId[]> {
    const filter = anywhere(null, this.#filter, 'activity');
    const words = this.#words.trim();
    return this.backend.call('people', { filter, words, sort: this.#sort, down: this.#down });
  }

  async #readRows(chats: ChatId[]): Promise<PersonRow[]> {
    const rows = await this.backend.call('people_rows', { chats });
    this.book.take(rows.map(({ chat }) => chat));
    return rows;
  }

  /** These rows are in sight. */
  see(ids: readonly ChatId[]): void {
    this.#inSight = ids;
    this.rows.want(ids);
  }

  /** Something of these chats changed; of many, where none is named. */
  changed(ids: readonly ChatId[]): void {
    this.rows.changed(ids, this.#watched ? this.#inSight : []);
    this.refresh();
  }

  /** What is kept of a chat's person changed, or of anybody. */
  cardChanged(chat: ChatId | null): void {
    if (chat !== null) this.rows.changed([chat], []);
    else if (this.#watched) this.rows.changed(this.#inSight, []);
  }

  /** Reads again soon; many requests become one. */
  refresh(): void {
    if (this.#watched) this.#again.run(() => void this.load());
  }

  /** Shows a field's value before the program has confirmed it. Returns the way back. */
  assume(chat: ChatId, field: FieldId, value: string | null): () => void {
    const row = this.rows.get(chat);
    if (!row) return () => undefined;
    const others = row.values.filter((one) => one.field !== field);
    const own: FieldValue[] = value === null ? [] : [{ field, value, guessed: false }];
    return this.rows.assume(chat, { values: [...others, ...own] });
  }

  /** The row this many below another, or the first where there is none. */
  beside(from: ChatId | null, step: number): ChatId | null {
    const at = from === null ? -1 : this.#keys.indexOf(from);
    if (at < 0) return this.#keys[0] ?? null;
    return this.#keys[Math.min(this.#keys.length - 1, Math.max(0, at + step))] ?? null;
  }

  stop(): void {
    this.#watched = false;
    this.#again.cancel();
    this.#typing.cancel();
    this.#reading.cancel();
    this.rows.stop();
  }
}
