// Texts that are kept for use again.

import type {
  Chat, ChatId, Done, Rendered, Saved, Template, TemplateId, TemplateVariable,
} from '../../types'; // prettier-ignore
import type { Answers } from '../answers';
import type { Keeper } from '../crm/keeper';
import { refuse } from '../login';
import { exportAll, importAll, readFile } from './files';
import { renderTemplate, variableKey, type Values } from './notation';
import { starters } from './starters';

const always = ['first_name', 'last_name', 'username', 'account_name', 'date'];

const same = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();

function variables({ ledger }: Keeper): TemplateVariable[] {
  const fields = ledger.placed('field').map(({ name, builtin }) => name || (builtin ?? ''));
  return [
    ...always.map((key) => ({ key, field: null })),
    ...fields.map((field) => ({ key: variableKey(field), field })),
  ];
}

/** Every variable, without a value. */
export function known(keeper: Keeper): Map<string, string | null> {
  return new Map(variables(keeper).map(({ key }) => [key, null]));
}

function today(language: string): string {
  const locale = { en: 'en-GB', ru: 'ru', uk: 'uk' }[language] ?? 'de';
  const style = { day: 'numeric', month: 'long', year: 'numeric' } as const;
  return new Date().toLocaleDateString(locale, style).replace(/ [гр]\.$/, '');
}

function valuesOf(keeper: Keeper, chat: Chat, language: string): Values {
  const values = known(keeper);
  const [first = null, ...others] = chat.title.split(' ');
  if (chat.kind === 'person' || chat.kind === 'bot') {
    values.set('first_name', first);
    values.set('last_name', others.join(' ') || null);
  }
  const account = keeper.world.account(chat.account);
  values.set('username', chat.username);
  values.set('account_name', account?.name ?? null);
  values.set('date', today(language));
  const fields = keeper.ledger.placed('field');
  for (const { field, value } of keeper.values(chat)) {
    const found = fields.find(({ id }) => id === field);
    if (found) values.set(variableKey(found.name || (found.builtin ?? '')), value);
  }
  return values;
}

function rows({ ledger }: Keeper): Template[] {
  return ledger.placed('template').map(({ position, ...template }) => {
    void position;
    return { ...template, ...(ledger.uses.get(template.id) ?? { used: 0, used_ms: null }) };
  });
}

function find(keeper: Keeper, id: TemplateId): Template {
  const found = rows(keeper).find((template) => template.id === id);
  if (!found) throw refuse('not_found');
  return found;
}

function check(keeper: Keeper, template: Template): Template {
  const name = template.name.trim();
  const versions = template.versions.map(({ language, body }) => ({ language, body: body.trim() }));
  const wrong = name === '' || name.length > 80 || versions.length === 0;
  if (wrong || versions.some(({ body }) => body === '')) throw refuse('bad_request');
  const errors = versions.some(({ language, body }) => renderTemplate(body, language, known(keeper)).errors.length > 0); // prettier-ignore
  if (errors) throw refuse('unknown_variable');
  if (rows(keeper).some((other) => other.id !== template.id && same(other.name, name))) {
    throw refuse('name_taken');
  }
  return { ...template, name, category: template.category.trim(), versions };
}

function save(keeper: Keeper, given: Template): Saved {
  if (given.id !== 0) find(keeper, given.id);
  const template = check(keeper, given);
  const { ledger, world } = keeper;
  const id = template.id || ledger.next();
  const position = ledger.tables.template.get(String(id))?.position ?? rows(keeper).length;
  const work = ledger.begin();
  work.put('template', id, { ...template, id, used: 0, used_ms: null, position });
  const done = keeper.finish(work, 'template_saved', template.name);
  world.tell({ type: 'catalog' });
  return { id, done };
}

function place(keeper: Keeper, order: readonly TemplateId[]): Done {
  const work = keeper.ledger.begin();
  order.forEach((id, position) => {
    const row = keeper.ledger.tables.template.get(String(id));
    if (row) work.put('template', id, { ...row, position });
  });
  const done = keeper.finish(work, 'templates_ordered', null, work.images.length);
  keeper.world.tell({ type: 'catalog' });
  return done;
}

function duplicate(keeper: Keeper, id: TemplateId): Saved {
  const all = rows(keeper);
  const model = find(keeper, id);
  let number = 2;
  while (all.some(({ name }) => same(name, `${model.name} ${number}`))) number += 1;
  const saved = save(keeper, { ...model, id: 0, name: `${model.name} ${number}` });
  const order = all.map((template) => template.id);
  order.splice(order.indexOf(id) + 1, 0, saved.id);
  order.forEach((other, position) => {
    const row = keeper.ledger.tables.template.get(String(other));
    if (row) row.position = position;
  });
  return saved;
}

function remove(keeper: Keeper, id: TemplateId): Done {
  const { name } = find(keeper, id);
  const work = keeper.ledger.begin();
  work.put('template', id, undefined);
  const done = keeper.finish(work, 'template_deleted', name);
  keeper.world.tell({ type: 'catalog' });
  return done;
}

function move(keeper: Keeper, from: string, into: string): Done {
  const work = keeper.ledger.begin();
  for (const [id, row] of keeper.ledger.tables.template) {
    if (row.category === from) work.put('template', id, { ...row, category: into.trim() });
  }
  const done = keeper.finish(work, 'templates_moved', `${from} → ${into}`, work.images.length);
  keeper.world.tell({ type: 'catalog' });
  return done;
}

/** The language that a text goes out in. */
function choose(template: Template, wanted: readonly (string | null | undefined)[]): string {
  const there = template.versions.map(({ language }) => language);
  const found = [...wanted, 'en'].find((language) => language && there.includes(language));
  return found ?? there[0] ?? '';
}

function render(keeper: Keeper, id: TemplateId, chat: ChatId, language: string | null, prefer: string | null): Rendered {
  const template = find(keeper, id);
  const to = keeper.chat(chat);
  const noted = keeper.values(to).find(({ field }) => field === 1)?.value;
  const chosen = choose(template, language === null ? [noted ?? keeper.world.languages.get(to.account) ?? prefer] : [language]);
  const body = template.versions.find((version) => version.language === chosen)?.body ?? '';
  return renderTemplate(body, chosen, valuesOf(keeper, to, chosen));
} // prettier-ignore

/** The handlers of these calls. */
export function templateAnswers(keeper: Keeper) {
  return {
    templates: () => rows(keeper),
    template_save: ({ template }) => save(keeper, template),
    template_duplicate: ({ template }) => duplicate(keeper, template),
    template_delete: ({ template }) => remove(keeper, template),
    templates_order: (args) => place(keeper, args.order),
    templates_move: ({ from, into }) => move(keeper, from, into),
    template_variables: () => variables(keeper),
    template_preview: ({ chat, body, language }) =>
      renderTemplate(body, language, chat === null ? known(keeper) : valuesOf(keeper, keeper.chat(chat), language)), // prettier-ignore
    template_render: ({ template, chat, language, prefer }) =>
      render(keeper, template, chat, language, prefer),
    template_used: ({ template }) => {
      const uses = keeper.ledger.uses.get(template)?.used ?? 0;
      keeper.ledger.uses.set(find(keeper, template).id, { used: uses + 1, used_ms: Date.now() });
      return null;
    },
    template_starters: ({ language }) => starters(language),
    template_starters_add: ({ keys, language }) => {
      const wanted = starters(language).filter(({ key }) => keys.includes(key));
      const added = wanted.filter(({ name }) => !rows(keeper).some((one) => same(one.name, name)));
      return importAll(keeper, rows(keeper), added, known(keeper), false).done;
    },
    templates_export: ({ format }) => exportAll(rows(keeper), format),
    templates_import: ({ format, text, dry }) =>
      importAll(keeper, rows(keeper), readFile(format, text), known(keeper), dry),
  } satisfies Partial<Answers>;
}
