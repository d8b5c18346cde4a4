import type { Backend, ChatId, Rendered, Template, TemplateVersion } from '$lib/backend';
import { Debounce, Latest } from '$lib/shared/latest';

const PREVIEW_MS = 80;

const written = ({ name, category, versions }: Pick<Template, 'name' | 'category' | 'versions'>) =>
  JSON.stringify([name.trim(), category.trim(), versions.map(({ language, body }) => [language, body.trim()])]); // prettier-ignore

/** A template that is being changed; nothing of it is lost before it is saved or discarded. */
export class TemplateDraft {
  name = $state('');
  category = $state('');
  #versions = $state.raw<readonly TemplateVersion[]>([]);
  #language = $state('');
  #page = $state.raw<Rendered | null>(null);
  #base = $state.raw<Template>({ id: 0, name: '', category: '', versions: [], used: 0, used_ms: null }); // prettier-ignore
  readonly #asking = new Latest();
  readonly #soon = new Debounce(PREVIEW_MS);

  constructor(
    private readonly backend: Backend,
    base: Template,
    private readonly onError: (error: unknown) => void,
  ) {
    this.reset(base);
  }

  get id(): number {
    return this.#base.id;
  }

  get versions(): readonly TemplateVersion[] {
    return this.#versions;
  }

  /** The language whose text is shown. */
  get language(): string {
    return this.#language;
  }

  get body(): string {
    return this.#versions.find(({ language }) => language === this.#language)?.body ?? '';
  }

  set body(body: string) {
    this.#versions = this.#versions.map((version) => version.language === this.#language ? { ...version, body } : version); // prettier-ignore
  }

  /** The text shown as it would be sent; of the last text that was looked at. */
  get page(): Rendered | null {
    return this.#page;
  }

  readonly dirty: boolean = $derived(written(this.template) !== written(this.#base));

  /** What is to be saved. A language without a text is none. */
  get template(): Template {
    const versions = this.#versions.filter(({ body }) => body.trim() !== '');
    return { ...this.#base, name: this.name, category: this.category, versions };
  }

  readonly complete: boolean = $derived(
    this.name.trim() !== '' && this.#versions.some(({ body }) => body.trim() !== ''),
  );

  /** Shows the text of a language, which begins empty where there is none. */
  speak(language: string): void {
    if (!this.#versions.some((version) => version.language === language)) {
      this.#versions = [...this.#versions, { language, body: '' }];
    }
    this.#language = language;
  }

  /** Takes a language away. */
  drop(language: string): void {
    this.#versions = this.#versions.filter((version) => version.language !== language);
    if (this.#language === language) this.#language = this.#versions[0]?.language ?? '';
  }

  /** Whether what is kept is no longer what this began with. */
  differs(kept: Template): boolean {
    return written(kept) !== written(this.#base);
  }

  /** Begins again from what is kept. */
  reset(base: Template): void {
    this.#base = base;
    this.name = base.name;
    this.category = base.category;
    this.#versions = base.versions;
    const same = base.versions.some(({ language }) => language === this.#language);
    if (!same) this.#language = base.versions[0]?.language ?? '';
  }

  /** Has the text shown looked at, for a chat where one is open. */
  look(chat: ChatId | null): void {
    const { body, language } = this;
    const ask = () => this.backend.call('template_preview', { chat, body, language });
    this.#soon.later(() => {
      this.#asking
        .ask(ask)
        .then((page) => page && (this.#page = page))
        .catch(this.onError);
    });
  }

  stop(): void {
    this.#soon.cancel();
    this.#asking.cancel();
  }
}
