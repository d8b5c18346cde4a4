import type { Catalog, ChatStatus, Done, Field, FieldId, GoneQuiet, Rules, Saved, StatusId, Tag, TagId } from '$lib/backend'; // prettier-ignore
import { fieldName, statusName } from '$lib/domain/crm/names';
import { m } from '$lib/messages';
import { cleanName } from '$lib/shared/text';
import type { App } from './app.svelte';

/** Puts things into an order; those not named follow as they were. */
function ordered<T extends { id: number }>(things: readonly T[], order: readonly number[]): T[] {
  const first = order.flatMap((id) => things.find((thing) => thing.id === id) ?? []);
  return [...first, ...things.filter(({ id }) => !order.includes(id))];
}

const replaced = <T extends { id: number }>(things: readonly T[], thing: T): T[] =>
  things.map((one) => (one.id === thing.id ? thing : one));

/** What the operator does to tags, statuses, fields and rules themselves. */
export class CatalogueDeeds {
  constructor(private readonly app: App) {}

  /** Makes a tag (id 0) or changes one; answers its id where that was done. */
  async saveTag(tag: Tag): Promise<TagId | null> {
    const name = cleanName(tag.name);
    const said = tag.id === 0 ? m.done_tag_made({ name }) : m.done_tag_saved({ name });
    const call = this.app.backend.call('tag_save', { tag });
    const saved = await this.#do(said, call, { tags: replaced(this.#tags, tag) });
    return saved ? saved.id : null;
  }

  async deleteTag(tag: Tag): Promise<void> {
    const call = this.app.backend.call('tag_delete', { tag: tag.id });
    const tags = this.#tags.filter(({ id }) => id !== tag.id);
    await this.#do(m.done_tag_deleted({ name: cleanName(tag.name) }), call, { tags });
  }

  async mergeTags(from: Tag, into: Tag): Promise<void> {
    const call = this.app.backend.call('tag_merge', { from: from.id, into: into.id });
    const said = m.done_tags_merged({ from: cleanName(from.name), into: cleanName(into.name) });
    await this.#do(said, call, { tags: this.#tags.filter(({ id }) => id !== from.id) });
  }

  async orderTags(order: readonly TagId[]): Promise<void> {
    const call = this.app.backend.call('tags_order', { order: [...order] });
    await this.#do(m.done_ordered(), call, { tags: ordered(this.#tags, order) });
  }

  /** Makes a status (id 0) or changes one; says whether that was done. */
  async saveStatus(status: ChatStatus): Promise<boolean> {
    const name = statusName(status);
    const said = status.id === 0 ? m.done_status_made({ name }) : m.done_status_saved({ name });
    const call = this.app.backend.call('status_save', { status });
    return (await this.#do(said, call, { statuses: replaced(this.#statuses, status) })) !== null;
  }

  async deleteStatus(status: ChatStatus, instead: StatusId | null): Promise<void> {
    const call = this.app.backend.call('status_delete', { status: status.id, instead });
    const statuses = this.#statuses.filter(({ id }) => id !== status.id);
    await this.#do(m.done_status_deleted({ name: statusName(status) }), call, { statuses });
  }

  async orderStatuses(order: readonly StatusId[]): Promise<void> {
    const call = this.app.backend.call('statuses_order', { order: [...order] });
    await this.#do(m.done_ordered(), call, { statuses: ordered(this.#statuses, order) });
  }

  /** Makes a field (id 0) or changes one; says whether that was done. */
  async saveField(field: Field): Promise<boolean> {
    const name = fieldName(field);
    const said = field.id === 0 ? m.done_field_made({ name }) : m.done_field_saved({ name });
    const call = this.app.backend.call('field_save', { field });
    return (await this.#do(said, call, { fields: replaced(this.#fields, field) })) !== null;
  }

  async deleteField(field: Field): Promise<void> {
    const call = this.app.backend.call('field_delete', { field: field.id });
    const fields = this.#fields.filter(({ id }) => id !== field.id);
    await this.#do(m.done_field_deleted({ name: fieldName(field) }), call, { fields });
  }

  async orderFields(order: readonly FieldId[]): Promise<void> {
    const call = this.app.backend.call('fields_order', { order: [...order] });
    await this.#do(m.done_ordered(), call, { fields: ordered(this.#fields, order) });
  }

  /** Sets what changes by itself; whether that was done. */
  async setRules(rules: Rules): Promise<boolean> {
    const before = this.app.inbox?.catalogue.rules;
    if (!before) return false;
    return this.#set(before, rules, (rules) =>
      this.#keep({ rules }, this.app.backend.call('set_rules', { rules })),
    );
  }

  /** Says which people have gone quiet, by the program's own rule where none is given; whether that was done. */
  async setQuiet(quiet: GoneQuiet | null): Promise<boolean> {
    const before = this.app.inbox?.catalogue.saidQuiet;
    if (before === undefined) return false;
    return this.#set(before, quiet, (quiet) =>
      this.#keep({ quiet }, this.app.backend.call('set_quiet', { quiet })),
    );
  }

  /** Sets something, and says so with the way back. */
  async #set<T>(before: T, after: T, keep: (value: T) => Promise<void>): Promise<boolean> {
    const { app } = this;
    try {
      await keep(after);
      app.toasts.show(m.settings_saved(), { undo: () => keep(before) });
      return true;
    } catch (error) {
      app.report(error);
      return false;
    }
  }

  async #keep(part: Partial<Catalog>, call: Promise<Done>): Promise<void> {
    const back = this.app.inbox?.catalogue.assume(part);
    try {
      await call;
    } catch (error) {
      back?.();
      throw error;
    }
  }

  get #tags(): readonly Tag[] {
    return this.app.inbox?.catalogue.tags ?? [];
  }

  get #statuses(): readonly ChatStatus[] {
    return this.app.inbox?.catalogue.statuses ?? [];
  }

  get #fields(): readonly Field[] {
    return this.app.inbox?.catalogue.fields ?? [];
  }

  /** Shows a change at once and says it with its way back; `null` where it was refused. */
  async #do<T extends Done | Saved>(
    said: string,
    call: Promise<T>,
    part: Partial<Catalog>,
  ): Promise<T | null> {
    const { app } = this;
    const back = app.inbox?.catalogue.assume(part);
    try {
      const answer = await call;
      const done: Done = 'done' in answer ? answer.done : answer;
      const undo = app.marks.undoing(Promise.resolve(done));
      app.marks.settle(app.toasts.show(said, { undo }), done);
      return answer;
    } catch (error) {
      back?.();
      app.report(error);
      return null;
    }
  }
}
