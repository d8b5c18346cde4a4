import type { Backend, Catalog, ChatStatus, Field, FieldId, GoneQuiet, Rules, StatusId, Tag, TagId, View } from '$lib/backend'; // prettier-ignore
import { usualQuiet } from '$lib/domain/lists/builtin';
import { Latest, Throttle } from '$lib/shared/latest';

const nothing: Catalog = { tags: [], statuses: [], fields: [], views: [], rules: { reopen: null, answered: null, let_go_days: null }, quiet: null }; // prettier-ignore

const byId = <T extends { id: number }>(things: readonly T[]): ReadonlyMap<number, T> =>
  new Map(things.map((thing) => [thing.id, thing]));

/** Tags, statuses, fields, views and rules, each kind in the operator's order. */
export class Catalogue {
  #known = $state.raw<Catalog>(nothing);
  #loaded = $state(false);
  readonly #tags = $derived(byId(this.#known.tags));
  readonly #statuses = $derived(byId(this.#known.statuses));
  readonly #fields = $derived(byId(this.#known.fields));
  readonly #reading = new Latest();
  readonly #again = new Throttle(100);

  constructor(private readonly backend: Backend) {}

  /** Whether the first reading is over. */
  get loaded(): boolean {
    return this.#loaded;
  }

  get tags(): readonly Tag[] {
    return this.#known.tags;
  }

  get statuses(): readonly ChatStatus[] {
    return this.#known.statuses;
  }

  get fields(): readonly Field[] {
    return this.#known.fields;
  }

  get views(): readonly View[] {
    return this.#known.views;
  }

  get rules(): Rules {
    return this.#known.rules;
  }

  /** Which people have gone quiet. */
  get quiet(): GoneQuiet {
    return this.#known.quiet ?? usualQuiet;
  }

  /** What the operator said of it; `null` where the program's own rule holds. */
  get saidQuiet(): GoneQuiet | null {
    return this.#known.quiet;
  }

  tag(id: TagId): Tag | undefined {
    return this.#tags.get(id);
  }

  status(id: StatusId | null): ChatStatus | undefined {
    return id === null ? undefined : this.#statuses.get(id);
  }

  field(id: FieldId): Field | undefined {
    return this.#fields.get(id);
  }

  /** The status that "done" gives: the first that closes, the built-in one before others. */
  get done(): ChatStatus | undefined {
    const closed = this.statuses.filter(({ kind }) => kind === 'closed');
    return closed.find(({ builtin }) => builtin === 'done') ?? closed[0];
  }

  /** Since which day somebody wants no messages that go to many. */
  get optedOut(): Field | undefined {
    return this.fields.find(({ builtin }) => builtin === 'opted_out');
  }

  /** Tags in the operator's order; unknown ones are left out. */
  inOrder(ids: Iterable<TagId>): TagId[] {
    const wanted = new Set(ids);
    return this.tags.filter(({ id }) => wanted.has(id)).map(({ id }) => id);
  }

  /** Reads all of it. */
  async load(): Promise<void> {
    const known = await this.#reading.ask(() => this.backend.call('catalog', {}));
    if (!known) return;
    this.#known = known;
    this.#loaded = true;
  }

  /** Reads again soon; many requests become one. */
  refresh(onError: (error: unknown) => void): void {
    this.#again.run(() => void this.load().catch(onError));
  }

  /** Shows a change before the program has confirmed it. Returns the way back. */
  assume(part: Partial<Catalog>): () => void {
    this.#reading.cancel();
    const before = this.#known;
    const assumed = { ...before, ...part };
    this.#known = assumed;
    return () => {
      if (this.#known === assumed) this.#known = before;
    };
  }

  stop(): void {
    this.#again.cancel();
    this.#reading.cancel();
  }
}
