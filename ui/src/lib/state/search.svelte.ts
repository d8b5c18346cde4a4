import type { ApiError, Backend, Chat, Hit, RowId, Scope } from '$lib/backend';
import { toApiError } from '$lib/backend';
import { Debounce, Latest } from '$lib/shared/latest';

const PAGE = 30;
const PAUSE_MS = 120;

/** A search and its pages. */
export class Search {
  #query = $state('');
  #scope = $state.raw<Scope>({ in: 'everywhere' });
  #chats = $state.raw<readonly Chat[]>([]);
  #hits = $state.raw<readonly Hit[]>([]);
  #next = $state<RowId | null>(null);
  #searched = $state<string | null>(null);
  #error = $state.raw<ApiError | null>(null);
  /** Whether the results are shown in place of the list. */
  open = $state(false);
  /** The hit that the arrow keys move. */
  cursor = $state(-1);
  readonly #asking = new Latest();
  readonly #pause = new Debounce(PAUSE_MS);

  constructor(private readonly backend: Backend) {}

  get query(): string {
    return this.#query;
  }

  get scope(): Scope {
    return this.#scope;
  }

  get chats(): readonly Chat[] {
    return this.#chats;
  }

  get hits(): readonly Hit[] {
    return this.#hits;
  }

  get hasMore(): boolean {
    return this.#next !== null;
  }

  get error(): ApiError | null {
    return this.#error;
  }

  /** The query whose results are shown; `null` before the first. */
  get searched(): string | null {
    return this.#searched;
  }

  type(query: string): void {
    this.#query = query;
    this.#pause.later(() => void this.#run());
  }

  show(scope: Scope): void {
    this.open = true;
    this.#scope = scope;
    this.#hits = [];
    this.#chats = [];
    this.#searched = null;
    void this.#run();
  }

  close(): void {
    this.open = false;
    this.#query = '';
    this.#searched = null;
    this.#hits = [];
    this.#chats = [];
    this.#error = null;
    this.#pause.cancel();
    this.#asking.cancel();
  }

  async #run(): Promise<void> {
    const query = this.#query.trim();
    this.cursor = -1;
    if (query === '') {
      this.#asking.cancel();
      this.#searched = null;
      this.#hits = [];
      this.#chats = [];
      return;
    }
    try {
      const page = await this.#asking.ask(() => this.#page(query, null));
      if (!page) return;
      this.#chats = page.chats;
      this.#hits = page.hits;
      this.#next = page.next;
      this.#searched = query;
      this.#error = null;
    } catch (error) {
      this.#error = toApiError(error);
    }
  }

  #page(query: string, before: RowId | null) {
    return this.backend.call('search', { query, scope: this.#scope, before, limit: PAGE });
  }

  /** Reads the next page. */
  async more(): Promise<void> {
    if (this.#next === null || this.#searched === null) return;
    const [query, before] = [this.#searched, this.#next];
    try {
      const page = await this.#asking.ask(() => this.#page(query, before));
      if (!page) return;
      this.#hits = [...this.#hits, ...page.hits];
      this.#next = page.next;
    } catch (error) {
      this.#error = toApiError(error);
    }
  }
}
