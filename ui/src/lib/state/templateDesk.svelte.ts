import type { Done, ImportReport, Saved, Template, TemplateFormat, TemplateId } from '$lib/backend';
import { m } from '$lib/messages';
import { locale } from '$lib/shared/locale.svelte';
import { cleanName } from '$lib/shared/text';
import type { App } from './app.svelte';
import { TemplateDraft } from './templateDraft.svelte';
import type { Toast } from './toasts.svelte';

/** What the page of templates shows, and what is done there. */
export class TemplateDesk {
  query = $state('');
  /** What lies over the page. */
  dialog = $state<'starters' | 'import' | 'export' | null>(null);
  #chosen = $state<TemplateId | null>(null);
  #draft = $state.raw<TemplateDraft | null>(null);
  /** Texts that were left unsaved, by template; 0 is a new one. */
  readonly #left = new Map<TemplateId, TemplateDraft>();
  #saving = $state(false);

  constructor(private readonly app: App) {}

  /** The template that is being changed. */
  get draft(): TemplateDraft | null {
    return this.#draft;
  }

  get chosen(): TemplateId | null {
    return this.#chosen;
  }

  get saving(): boolean {
    return this.#saving;
  }

  /** Whether a template has changes that are not saved. */
  unsaved(id: TemplateId): boolean {
    if (this.#draft?.id === id) return this.#draft.dirty;
    return this.#left.get(id)?.dirty ?? false;
  }

  open(template: Template): void {
    if (this.#draft?.id === template.id && this.#chosen === template.id) return;
    this.leave();
    const left = this.#left.get(template.id);
    this.#draft = left ?? new TemplateDraft(this.app.backend, template, this.app.report);
    this.#chosen = template.id;
  }

  /** Begins a new template, or goes on with one. */
  begin(category = '', body = ''): void {
    const language = locale();
    const empty = { id: 0, name: '', category, versions: [{ language, body: '' }], used: 0, used_ms: null }; // prettier-ignore
    if (body !== '') this.#left.delete(0);
    this.open(empty);
    if (this.#draft && body !== '') this.#draft.body = body;
  }

  /** Leaves the template; what is not saved is there on return. */
  leave(): void {
    if (this.#draft?.dirty) this.#left.set(this.#draft.id, this.#draft);
    this.#draft?.stop();
    this.#draft = null;
    this.#chosen = null;
  }

  /** Forgets what was not saved. */
  discard(): void {
    const id = this.#draft?.id;
    if (id === undefined) return;
    this.#left.delete(id);
    const kept = this.app.inbox?.templates.get(id);
    if (kept) this.#draft?.reset(kept);
    else {
      this.#draft = null;
      this.#chosen = null;
    }
  }

  /** Another hand changed what is kept: what was not touched here follows. */
  follow(): void {
    const draft = this.#draft;
    if (!draft || draft.id === 0 || draft.dirty || this.#saving) return;
    const kept = this.app.inbox?.templates.get(draft.id);
    if (!kept) this.leave();
    else if (draft.differs(kept)) draft.reset(kept);
  }

  async save(): Promise<void> {
    const draft = this.#draft;
    if (!draft?.complete || !draft.dirty || this.#saving) return;
    this.#saving = true;
    const { template } = draft;
    const doing = this.app.backend.call('template_save', { template });
    const saved = await this.#told(m.template_saved({ name: cleanName(template.name) }), doing);
    this.#saving = false;
    if (!saved) return;
    this.#left.delete(draft.id);
    draft.reset({ ...template, id: saved.id });
    if (this.#draft === draft) this.#chosen = saved.id;
    await this.#read();
  }

  async duplicate(template: Template): Promise<void> {
    const doing = this.app.backend.call('template_duplicate', { template: template.id });
    const saved = await this.#told(m.template_duplicated({ name: cleanName(template.name) }), doing); // prettier-ignore
    if (!saved) return;
    await this.#read();
    const copy = this.app.inbox?.templates.get(saved.id);
    if (copy) this.open(copy);
  }

  /** Deletes a template; it is gone at once, and comes back where that fails or is taken back. */
  async remove(template: Template): Promise<void> {
    const templates = this.app.inbox?.templates;
    const back = templates?.assume(templates.list.filter(({ id }) => id !== template.id));
    this.#left.delete(template.id);
    if (this.#draft?.id === template.id) {
      this.#draft = null;
      this.#chosen = null;
    }
    const doing = this.app.backend.call('template_delete', { template: template.id });
    const done = await this.#told(m.template_deleted({ name: cleanName(template.name) }), doing);
    if (!done) back?.();
  }

  /** Puts the templates of a category into this order; the others stay where they are. */
  async order(category: string, ids: readonly TemplateId[]): Promise<void> {
    const templates = this.app.inbox?.templates;
    if (!templates) return;
    const inTurn = ids.values();
    const list = templates.list.map((template) => {
      const next = template.category === category ? inTurn.next().value : undefined;
      return templates.get(next ?? template.id) ?? template;
    });
    const back = templates.assume(list);
    const doing = this.app.backend.call('templates_order', { order: list.map(({ id }) => id) });
    if (!(await this.#told(m.templates_ordered(), doing))) back();
  }

  async rename(from: string, into: string): Promise<void> {
    if (from === into.trim()) return;
    const doing = this.app.backend.call('templates_move', { from, into });
    await this.#told(m.template_category_renamed({ name: cleanName(into) }), doing);
  }

  async addStarters(keys: readonly string[]): Promise<boolean> {
    const doing = this.app.backend.call('template_starters_add', { keys: [...keys], language: locale() }); // prettier-ignore
    const done = await this.#told(m.templates_added(), doing);
    return done !== null;
  }

  /** Takes the templates of a file. */
  async take(format: TemplateFormat, text: string): Promise<ImportReport | null> {
    const doing = this.app.backend.call('templates_import', { format, text, dry: false });
    return this.#told(m.templates_added(), doing);
  }

  async #read(): Promise<void> {
    await this.app.inbox?.templates.load().catch(this.app.report);
  }

  /** Says at once what is done, and offers to take it back. */
  async #told<T extends Done | Saved | ImportReport>(text: string, doing: Promise<T>): Promise<T | null> {
    const done = (answer: T): Done => ('done' in answer ? answer.done : answer);
    const deed = doing.then(done);
    // Where it fails, that is said below; nobody waits for its name in the log then.
    deed.catch(() => undefined);
    const undo = this.app.marks.undoing(deed);
    const toast: Toast = this.app.toasts.show(text, { undo });
    try {
      const answer = await doing;
      this.app.marks.settle(toast, done(answer));
      return answer;
    } catch (error) {
      this.app.toasts.retract(toast);
      this.app.report(error);
      return null;
    }
  } // prettier-ignore
}
