import type { Backend, ChatId, Rendered, Template } from '$lib/backend';
import { locale } from '$lib/shared/locale.svelte';
import { Debounce } from '$lib/shared/latest';
import type { FoundTemplate, Templates } from './templates.svelte';

const PREVIEW_MS = 40;
/** A slash begins a search where a word may begin, and what follows is one line. */
const ASKED = /(?:^|\s)\/(?!\s|\/)([^\n/]{0,40})$/;

/** What was made of a template for the open chat. */
interface Page {
  template: Template;
  rendered: Rendered;
}

/** The list of templates that a slash in the composer opens. */
export class TemplatePicker {
  /** Where the slash stands. */
  #from = $state<number | null>(null);
  #to = 0;
  #query = $state('');
  #cursor = $state(0);
  #page = $state.raw<Page | null>(null);
  /** The language that the operator chose instead of the person's. */
  #language = $state<string | null>(null);
  /** Whether Enter was pressed on a template that has gaps. */
  #warned = $state(false);
  /** The slash that was told not to open it. */
  #dismissed: number | null = null;
  readonly #previewing = new Debounce(PREVIEW_MS);

  constructor(
    private readonly backend: Backend,
    private readonly templates: Templates,
    private readonly chat: ChatId,
    private readonly insert: (page: Rendered, from: number, to: number) => void,
    private readonly onError: (error: unknown) => void,
  ) {}

  readonly #offers: readonly FoundTemplate[] = $derived.by(() =>
    this.#from === null ? [] : this.templates.found(this.#query),
  );

  get offers(): readonly FoundTemplate[] {
    return this.#offers;
  }

  /** Whether the list is shown; where nothing is found and more words were typed, it is not. */
  get open(): boolean {
    return this.#from !== null && (this.#offers.length > 0 || !this.#query.includes(' '));
  }

  get query(): string {
    return this.#query;
  }

  get cursor(): number {
    return Math.min(this.#cursor, Math.max(0, this.offers.length - 1));
  }

  get chosen(): Template | undefined {
    return this.offers[this.cursor]?.template;
  }

  /** The chosen template as it would be sent; `null` until it is known. */
  get page(): Rendered | null {
    return this.#page && this.#page.template === this.chosen ? this.#page.rendered : null;
  }

  get warned(): boolean {
    return this.#warned;
  }

  /** Follows what is typed. */
  follow(text: string, caret: number): void {
    const found = ASKED.exec(text.slice(0, caret));
    const from = found ? caret - (found[1]?.length ?? 0) - 1 : null;
    if (from === null || from !== this.#dismissed) this.#dismissed = null;
    if (from === null || from === this.#dismissed) return this.#close();
    this.templates.want();
    this.#to = caret;
    const query = found?.[1] ?? '';
    if (from === this.#from && query === this.#query) return;
    this.#cursor = 0;
    [this.#from, this.#query] = [from, query];
    this.#moved();
  }

  /** Goes to another offer. */
  point(to: number): void {
    const all = this.offers.length;
    if (all === 0 || to === this.#cursor) return;
    this.#cursor = (to + all) % all;
    this.#moved();
  }

  /** Shows the chosen template in its next language. */
  turn(step: number): void {
    const tags = this.chosen?.versions.map(({ language }) => language) ?? [];
    const at = tags.indexOf(this.page?.language ?? '');
    this.speak(tags[(at + step + tags.length) % tags.length] ?? null);
  }

  /** Shows the chosen template in a language. */
  speak(language: string | null): void {
    this.#language = language;
    this.#warned = false;
    this.#previewing.cancel();
    void this.preview();
  }

  #moved(): void {
    this.#language = null;
    this.#warned = false;
    this.look();
  }

  /** Has the page of the chosen template made soon. */
  look(): void {
    this.#previewing.later(() => void this.preview());
  }

  /** Makes the page of the chosen template. */
  async preview(): Promise<Rendered | null> {
    const template = this.chosen;
    if (!template) return null;
    const language = this.#language;
    try {
      const rendered = await this.backend.call('template_render', { template: template.id, chat: this.chat, language, prefer: locale() }); // prettier-ignore
      if (this.chosen === template && this.#language === language) this.#page = { template, rendered }; // prettier-ignore
      return rendered;
    } catch (error) {
      this.onError(error);
      return null;
    }
  }

  /** Puts the chosen template into the text; what is missing in it is said first. */
  async take(): Promise<void> {
    const template = this.chosen;
    const [from, to] = [this.#from, this.#to];
    if (!template || from === null) return;
    const known = this.#page?.template === template ? this.#page.rendered : null;
    const page = known ?? (await this.preview());
    if (!page || this.#from !== from || this.chosen !== template) return;
    if (!this.#warned && page.gaps.length + page.errors.length > 0) {
      this.#warned = true;
      return;
    }
    this.#close();
    this.insert(page, from, to);
    void this.backend
      .call('template_used', { template: template.id })
      .then(() => this.templates.refresh())
      .catch(this.onError);
  }

  /** Closes the list; the slash stays as it was typed. */
  dismiss(): void {
    this.#dismissed = this.#from;
    this.#close();
  }

  #close(): void {
    this.#previewing.cancel();
    this.#from = null;
    this.#query = '';
    this.#cursor = 0;
    this.#page = null;
    this.#language = null;
    this.#warned = false;
  }
}
