import type { Backend, Template, TemplateId, TemplateVariable } from '$lib/backend';
import { fuzzy } from '$lib/shared/fuzzy';
import { Latest, Throttle } from '$lib/shared/latest';

/** A template that was found by its name, with the letters that were meant. */
export interface FoundTemplate {
  template: Template;
  at: readonly number[];
}

/** Texts that are kept for use again. Read when they are first wanted. */
export class Templates {
  #list = $state.raw<readonly Template[]>([]);
  #variables = $state.raw<readonly TemplateVariable[]>([]);
  #loaded = $state(false);
  #wanted = false;
  readonly #reading = new Latest();
  readonly #again = new Throttle(100);

  constructor(
    private readonly backend: Backend,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Every template in its place. */
  get list(): readonly Template[] {
    return this.#list;
  }

  /** What templates may name. */
  get variables(): readonly TemplateVariable[] {
    return this.#variables;
  }

  /** Whether the first reading is over. */
  get loaded(): boolean {
    return this.#loaded;
  }

  /** Categories in the order of their first templates; those without one come last. */
  readonly categories: readonly string[] = $derived(
    [...new Set(this.#list.map(({ category }) => category))].sort(
      (a, b) => Number(a === '') - Number(b === ''),
    ),
  );

  /** Every language that some template is written in. */
  readonly languages: readonly string[] = $derived([
    ...new Set(this.#list.flatMap(({ versions }) => versions.map(({ language }) => language))),
  ]);

  get(id: TemplateId | null): Template | undefined {
    return this.#list.find((template) => template.id === id);
  }

  /** Has them read, once. */
  want(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    void this.load().catch(this.onError);
  }

  async load(): Promise<void> {
    this.#wanted = true;
    const read = () => Promise.all([this.backend.call('templates', {}), this.backend.call('template_variables', {})]); // prettier-ignore
    const found = await this.#reading.ask(read);
    if (!found) return;
    [this.#list, this.#variables] = found;
    this.#loaded = true;
  }

  /** Reads again soon, where they were read at all. */
  refresh(): void {
    if (this.#wanted) this.#again.run(() => void this.load().catch(this.onError));
  }

  /** Shows a change before the program has confirmed it. Returns the way back. */
  assume(list: readonly Template[]): () => void {
    this.#reading.cancel();
    const before = this.#list;
    this.#list = list;
    return () => {
      if (this.#list === list) this.#list = before;
    };
  }

  /** Those that may be meant, the likeliest first; of those alike, the one used most. */
  found(query: string): FoundTemplate[] {
    const found = this.#list.flatMap((template) => {
      const match = fuzzy(query, template.name);
      // A category is meant too, but its templates' own names come first.
      const other = match ?? fuzzy(query, `${template.category} ${template.name}`);
      if (!other) return [];
      return [{ template, at: match?.at ?? [], score: match ? match.score + 1 : other.score }];
    });
    const used = query.trim() === '' ? () => 0 : (score: number) => score;
    return found.sort((a, b) => used(b.score) - used(a.score) || b.template.used - a.template.used);
  }

  stop(): void {
    this.#again.cancel();
    this.#reading.cancel();
  }
}
