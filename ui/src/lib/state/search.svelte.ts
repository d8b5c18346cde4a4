import type {
  ApiError,
  Backend,
  Chat,
  ChatId,
  Hit,
  NoteHit,
  RowId,
  Scope,
  Tag,
  TaskHit,
} from '$lib/backend';
import { toApiError } from '$lib/backend';
import { anywhere } from '$lib/domain/lists/builtin';
import { asksMessages, planOf, valuesOf, type Known, type Plan } from '$lib/domain/search/plan';
import { openEnd, operatorsLike, without } from '$lib/domain/search/query';
import { Debounce, Latest } from '$lib/shared/latest';
import type { Accounts } from './accounts.svelte';
import type { Catalogue } from './catalogue.svelte';

const PAGE = 30;
const PAUSE_MS = 120;
/** Pages that are asked for until there are enough messages: where few pass, each comes half empty. */
const MOST_PAGES = 5;
/** Notes, promises and follow-ups that are shown above the messages. */
const FEW = 8;
/** Completions that are offered at once. */
const OFFERED = 6;

/** What a search found. */
interface Found {
  chats: readonly Chat[];
  tags: readonly Tag[];
  notes: readonly NoteHit[];
  tasks: readonly TaskHit[];
  hits: readonly Hit[];
  next: RowId | null;
}

const nothing: Found = { chats: [], tags: [], notes: [], tasks: [], hits: [], next: null };

/** A search and its pages. */
export class Search {
  #query = $state('');
  #scope = $state.raw<Scope>({ in: 'everywhere' });
  #found = $state.raw<Found>(nothing);
  #searched = $state<string | null>(null);
  #error = $state.raw<ApiError | null>(null);
  /** Chats that the operators let through; `null` where they say nothing of chats. */
  #among: ReadonlySet<ChatId> | null = null;
  /** Whether the results are shown in place of the list. */
  open = $state(false);
  /** The hit that the arrow keys move. */
  cursor = $state(-1);
  readonly #asking = new Latest();
  readonly #pause = new Debounce(PAUSE_MS);
  readonly #plan = $derived.by(() => planOf(this.#query, this.#known));

  constructor(
    private readonly backend: Backend,
    private readonly accounts: Accounts,
    private readonly catalogue: Catalogue,
  ) {}

  get #known(): Known {
    return { accounts: this.accounts.list, catalogue: this.catalogue };
  }

  /** What the query means. */
  get plan(): Plan {
    return this.#plan;
  }

  /** How the end of the query could go on, as it would read. */
  get completions(): readonly { name: string; query: string }[] {
    const end = openEnd(this.#query);
    if (!end) return [];
    const before = this.#query.slice(0, end.at);
    const { operator } = end;
    // The operator stays in the language in which it was typed.
    const key = this.#query.slice(end.at, this.#query.indexOf(':', end.at));
    const names =
      operator === null
        ? operatorsLike(end.typed).map((name) => `${name}:`)
        : valuesOf(operator, end.typed, this.#known).map((value) => `${key}:${value}`);
    return names.slice(0, OFFERED).map((name) => ({ name: name.trim(), query: before + name }));
  }

  /** Takes the operator at a place out of the query. */
  without(at: number): void {
    this.type(without(this.#query, at));
  }

  get query(): string {
    return this.#query;
  }

  get scope(): Scope {
    return this.#scope;
  }

  get chats(): readonly Chat[] {
    return this.#found.chats;
  }

  get tags(): readonly Tag[] {
    return this.#found.tags;
  }

  get notes(): readonly NoteHit[] {
    return this.#found.notes;
  }

  /** Promises and follow-ups. */
  get tasks(): readonly TaskHit[] {
    return this.#found.tasks;
  }

  get hits(): readonly Hit[] {
    return this.#found.hits;
  }

  get hasMore(): boolean {
    return this.#found.next !== null;
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
    this.#found = nothing;
    this.#searched = null;
    void this.#run();
  }

  close(): void {
    this.open = false;
    this.#query = '';
    this.#searched = null;
    this.#found = nothing;
    this.#error = null;
    this.#pause.cancel();
    this.#asking.cancel();
  }

  async #run(): Promise<void> {
    const query = this.#query.trim();
    this.cursor = -1;
    const plan = this.#plan;
    const asks = plan.words !== '' || plan.filter !== null || plan.account !== null || asksMessages(plan); // prettier-ignore
    if (!asks || plan.problems.length > 0) {
      this.#asking.cancel();
      this.#searched = null;
      this.#found = nothing;
      return;
    }
    try {
      const found = await this.#asking.ask(() => this.#find(plan));
      if (!found) return;
      this.#found = found;
      this.#searched = query;
      this.#error = null;
    } catch (error) {
      this.#error = toApiError(error);
    }
  }

  async #find(plan: Plan): Promise<Found> {
    const { words } = plan;
    const keys = await this.#keysOf(plan);
    this.#among = keys && new Set(keys);
    if (words === '') {
      const chats = await this.#chats(keys ?? []);
      if (!asksMessages(plan)) return { ...nothing, chats };
      const page = await this.#page(plan, null);
      return { ...nothing, hits: page.hits, next: page.next };
    }
    const everywhere = this.#scope.in === 'everywhere';
    const [page, notes, tasks] = await Promise.all([
      this.#page(plan, null),
      everywhere ? this.backend.call('notes_search', { query: words }) : [],
      everywhere ? this.backend.call('tasks_search', { query: words }) : [],
    ]);
    const typed = words.toLocaleLowerCase();
    return {
      chats: page.chats,
      tags: everywhere ? this.catalogue.tags.filter(({ name }) => name.toLocaleLowerCase().includes(typed)).slice(0, FEW) : [], // prettier-ignore
      notes: notes.filter(({ chat }) => chat !== null && this.#lets(chat)).slice(0, FEW),
      tasks: tasks.filter(({ task }) => this.#lets(task.chat)).slice(0, FEW),
      hits: page.hits,
      next: page.next,
    };
  }

  #lets(chat: ChatId): boolean {
    return this.#among === null || this.#among.has(chat);
  }

  /** Chats that the operators let through, in the list's order. */
  async #keysOf({ filter, account, words }: Plan): Promise<ChatId[] | null> {
    if (filter === null && (account === null || words !== '')) return null;
    const scoped = this.#scope.in === 'account' ? this.#scope.id : null;
    return this.backend.call('chat_keys', { filter: anywhere(account ?? scoped, filter, 'activity') }); // prettier-ignore
  }

  async #chats(keys: readonly ChatId[]): Promise<Chat[]> {
    if (keys.length === 0) return [];
    return this.backend.call('chats', { ids: keys.slice(0, PAGE) });
  }

  /** A page of messages. */
  async #page(plan: Plan, from: RowId | null) {
    const scope: Scope = plan.account === null ? this.#scope : { in: 'account', id: plan.account };
    const filter = plan.messages;
    const chats: Chat[] = [];
    const hits: Hit[] = [];
    let before = from;
    for (let turn = 0; turn < MOST_PAGES; turn++) {
      const asked = { query: plan.words, scope, filter, before, limit: PAGE };
      const page = await this.backend.call('search', asked);
      chats.push(...page.chats);
      hits.push(...page.hits);
      before = page.next;
      if (before === null || hits.length >= PAGE) break;
    }
    return { chats, hits, next: before };
  }

  /** Reads the next page. */
  async more(): Promise<void> {
    const { next } = this.#found;
    if (next === null || this.#searched === null) return;
    const plan = this.#plan;
    try {
      const page = await this.#asking.ask(() => this.#page(plan, next));
      if (!page) return;
      this.#found = { ...this.#found, hits: [...this.#found.hits, ...page.hits], next: page.next };
    } catch (error) {
      this.#error = toApiError(error);
    }
  }
}
