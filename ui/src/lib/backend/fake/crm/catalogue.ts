// Tags, statuses, fields and views themselves.

import type { Answers } from '../answers';
import type { Catalog, ChatStatus, DeedKind, Done, Field, Saved, Tag, TagId, View } from '../../types'; // prettier-ignore
import { refuse } from '../login';
import type { Keeper } from './keeper';

/** Days that a rule may speak of, as the program has it. */
const MOST_DAYS = 3650;

const LONGEST_NAME = 48;

type Kind = 'tag' | 'status' | 'field' | 'view';
type Thing = Tag | ChatStatus | Field | View;

function without<T extends { position: number }>(row: T): Omit<T, 'position'> {
  const { position, ...thing } = row;
  void position;
  return thing;
}

export function catalog({ ledger, rules, quiet }: Keeper): Catalog {
  return {
    tags: ledger.placed('tag').map(without),
    statuses: ledger.placed('status').map(without),
    fields: ledger.placed('field').map(without),
    views: ledger.placed('view').map(without),
    rules,
    quiet,
  };
}

function checkName(keeper: Keeper, kind: Kind, thing: Thing, name: string): void {
  const builtin = 'builtin' in thing && thing.builtin !== null;
  if (name === '' && builtin) return;
  if (name === '' || name.length > LONGEST_NAME) throw refuse('bad_request');
  const taken = [...keeper.ledger.tables[kind].values()].some(
    (other) => other.id !== thing.id && other.name.toLowerCase() === name.toLowerCase(),
  );
  if (taken && kind !== 'view') throw refuse('name_taken');
}

/** Makes something (id 0) or changes it. */
function save(keeper: Keeper, kind: Kind, thing: Thing, deed: DeedKind): Saved {
  const name = thing.name.trim();
  const { ledger, world } = keeper;
  const known = ledger.tables[kind].get(String(thing.id));
  if (thing.id !== 0 && !known) throw refuse('not_found');
  const fixed = known && 'builtin' in known ? { builtin: known.builtin } : {};
  checkName(keeper, kind, { ...thing, ...fixed }, name);
  const id = thing.id || ledger.next();
  const position = known?.position ?? ledger.placed(kind).length;
  const work = ledger.begin();
  work.put(kind, id, { ...thing, ...fixed, id, name, position } as never);
  const done = keeper.finish(work, deed, name || (fixed.builtin ?? null));
  world.tell({ type: 'catalog' });
  return { id, done };
}

/** Puts things into an order; those not named follow as they were. */
function order(keeper: Keeper, kind: Kind, wanted: readonly number[], deed: DeedKind): Done {
  const rows = keeper.ledger.placed(kind);
  if (wanted.some((id) => !rows.some((row) => row.id === id))) throw refuse('not_found');
  const others = rows.map(({ id }) => id).filter((id) => !wanted.includes(id));
  const work = keeper.ledger.begin();
  [...wanted, ...others].forEach((id, position) => {
    const row = rows.find((known) => known.id === id);
    work.put(kind, id, { ...row, position } as never);
  });
  if (kind === 'tag') keeper.refresh(keeper.world.chats.keys());
  const done = keeper.finish(work, deed, null, work.images.length);
  keeper.world.tell({ type: 'catalog' });
  return done;
}

/** Those that have a tag. */
const usesOf = ({ ledger }: Keeper, tag: TagId) =>
  [...ledger.tables.tagged].filter(([, row]) => row.tag === tag);

function nameOf({ ledger }: Keeper, kind: Kind, id: number): string {
  const found = ledger.tables[kind].get(String(id));
  if (!found) throw refuse('not_found');
  return found.name || ('builtin' in found && found.builtin) || '';
}

function deleteTag(keeper: Keeper, tag: TagId, into: TagId | null): Done {
  const name = nameOf(keeper, 'tag', tag);
  const what = into === null ? name : `${name} → ${nameOf(keeper, 'tag', into)}`;
  if (tag === into) throw refuse('bad_request');
  const work = keeper.ledger.begin();
  const uses = usesOf(keeper, tag);
  for (const [key, { subject }] of uses) {
    if (into !== null) work.put('tagged', `${subject} ${into}`, { subject, tag: into });
    work.put('tagged', key, undefined);
    keeper.shows(work, subject);
  }
  work.put('tag', tag, undefined);
  const done = keeper.finish(
    work,
    into === null ? 'tag_deleted' : 'tags_merged',
    what,
    uses.length,
  );
  keeper.world.tell({ type: 'catalog' });
  return done;
}

function deleteStatus(keeper: Keeper, status: number, instead: number | null): Done {
  const name = nameOf(keeper, 'status', status);
  if (instead === status) throw refuse('bad_request');
  const work = keeper.ledger.begin();
  for (const [key, row] of [...keeper.ledger.tables.mark].filter(([, row]) => row.status === status)) {
    work.put('mark', key, { ...row, status: instead });
    work.chats.add(Number(key));
  }
  work.put('status', status, undefined);
  const { rules } = keeper;
  if (rules.reopen === status) keeper.rules = { ...rules, reopen: null };
  if (rules.answered === status) keeper.rules = { ...rules, answered: null };
  const done = keeper.finish(work, 'status_deleted', name, work.chats.size);
  keeper.world.tell({ type: 'catalog' });
  return done;
} // prettier-ignore

function deleteField(keeper: Keeper, field: number): Done {
  const name = nameOf(keeper, 'field', field);
  if (keeper.ledger.tables.field.get(String(field))?.builtin) throw refuse('bad_request');
  const work = keeper.ledger.begin();
  const values = [...keeper.ledger.tables.value].filter(([, row]) => row.field === field);
  for (const [key, { subject }] of values) {
    work.put('value', key, undefined);
    keeper.shows(work, subject);
  }
  work.put('field', field, undefined);
  const done = keeper.finish(work, 'field_deleted', name, values.length);
  keeper.world.tell({ type: 'catalog' });
  return done;
}

function deleteView(keeper: Keeper, view: number): Done {
  const name = nameOf(keeper, 'view', view);
  const work = keeper.ledger.begin();
  work.put('view', view, undefined);
  const done = keeper.finish(work, 'view_deleted', name);
  keeper.world.tell({ type: 'catalog' });
  return done;
}

/** The handlers of these calls. */
export function catalogueAnswers(keeper: Keeper) {
  return {
    catalog: () => catalog(keeper),
    tag_save: ({ tag }) => save(keeper, 'tag', tag, 'tag_saved'),
    tag_uses: ({ tag }) => usesOf(keeper, tag).length,
    tag_delete: ({ tag }) => deleteTag(keeper, tag, null),
    tag_merge: ({ from, into }) => deleteTag(keeper, from, into),
    tags_order: (args) => order(keeper, 'tag', args.order, 'tags_ordered'),
    status_save: ({ status }) => save(keeper, 'status', status, 'status_saved'),
    status_delete: ({ status, instead }) => deleteStatus(keeper, status, instead),
    statuses_order: (args) => order(keeper, 'status', args.order, 'statuses_ordered'),
    field_save: ({ field }) => save(keeper, 'field', field, 'field_saved'),
    field_delete: ({ field }) => deleteField(keeper, field),
    fields_order: (args) => order(keeper, 'field', args.order, 'fields_ordered'),
    view_save: ({ view }) => save(keeper, 'view', view, 'view_saved'),
    view_delete: ({ view }) => deleteView(keeper, view),
    views_order: (args) => order(keeper, 'view', args.order, 'views_ordered'),
    set_rules: ({ rules }) => {
      const { let_go_days: days } = rules;
      if (days !== null && (days < 1 || days > MOST_DAYS)) throw refuse('bad_request');
      keeper.rules = rules;
      keeper.world.tell({ type: 'catalog' });
      return { deed: null, changed: 1 };
    },
    set_quiet: ({ quiet }) => {
      if (quiet && (quiet.days < 1 || quiet.days > MOST_DAYS)) throw refuse('bad_request');
      keeper.quiet = quiet;
      keeper.world.tell({ type: 'catalog' });
      return { deed: null, changed: 1 };
    },
  } satisfies Partial<Answers>;
}
