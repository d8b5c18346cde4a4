// What the operator of the fake world has kept so far.

import type { Chat, ChatId, ChatStatus, Field, Tag, View } from '../../types';
import { Random } from '../random';
import { seeded } from '../templates/starters';
import type { Keeper } from './keeper';
import type { Table, Rows } from './ledger';

const DAY_MS = 86_400_000;

const tags: Tag[] = [
  { id: 1, name: 'VIP', colour: 'amber', reach: 'person' },
  { id: 2, name: 'Опт', colour: 'violet', reach: 'person' },
  { id: 3, name: 'Wholesale', colour: 'blue', reach: 'person' },
  { id: 4, name: 'Invoice sent', colour: 'teal', reach: 'chat' },
  { id: 5, name: 'Постійні клієнти з Дніпра', colour: 'pink', reach: 'person' },
  { id: 6, name: 'Returns', colour: '#b23a12', reach: 'chat' },
];

const statuses: ChatStatus[] = [
  { id: 1, builtin: 'new', name: '', icon: 'sparkles', colour: 'blue', kind: 'open' },
  { id: 2, builtin: 'in_progress', name: '', icon: 'loader', colour: 'amber', kind: 'open' },
  { id: 3, builtin: 'waiting', name: '', icon: 'hourglass', colour: 'violet', kind: 'waiting' },
  { id: 4, builtin: 'done', name: '', icon: 'check', colour: 'green', kind: 'closed' },
  { id: 5, builtin: 'lost', name: '', icon: 'x', colour: 'red', kind: 'closed' },
];

const fields: Field[] = [
  { id: 1, builtin: 'language', name: '', kind: 'text', options: [], remind: false, yearly: false },
  { id: 2, builtin: 'time_zone', name: '', kind: 'text', options: [], remind: false, yearly: false },
  { id: 3, builtin: 'source', name: '', kind: 'text', options: [], remind: false, yearly: false },
  { id: 7, builtin: 'opted_out', name: '', kind: 'date', options: [], remind: false, yearly: false },
  { id: 4, builtin: null, name: 'Birthday', kind: 'date', options: [], remind: true, yearly: true },
  { id: 5, builtin: null, name: 'Price list', kind: 'choice', options: ['Retail', 'Wholesale', 'Partner'], remind: false, yearly: false },
  { id: 6, builtin: null, name: 'Budget', kind: 'money', options: [], remind: false, yearly: false },
]; // prettier-ignore

const views: View[] = [
  {
    id: 1, name: 'VIP, unanswered', icon: 'star', order: 'waiting',
    filter: { has: 'every', of: [{ has: 'tag', of: 1 }, { has: 'waiting_on_me', of: 0 }] },
  },
  {
    id: 2, name: 'Quiet for a month', icon: 'moon', order: 'silent',
    filter: { has: 'every', of: [{ has: 'quiet_days', of: 30 }, { has: 'not', of: { has: 'status', of: 5 } }] },
  },
]; // prettier-ignore

const notes = [
  'Prefers to be called after lunch. Pays by bank transfer, always within a week.',
  'Met at the spring fair. Wants samples of the blue line before the summer.',
  'Доставка только на склад, пропуск заказывать за день.',
  'Просив нагадати про знижку для майстерень.',
];

const promises = [
  'Send the price list for autumn',
  'Call about the glass',
  'Уточнить срок поставки',
];

/** Chats further down are seldom marked: nobody looks at a hundred thousand. */
const BUSY = 60;

function seedCatalogue(keeper: Keeper): void {
  const { tables } = keeper.ledger;
  const put = <T extends Table>(table: T, rows: { id: number }[]) =>
    rows.forEach((row, position) =>
      (tables[table] as Map<string, Rows[T]>).set(String(row.id), { ...row, position } as Rows[T]),
    );
  put('tag', tags);
  put('status', statuses);
  put('field', fields);
  put('view', views);
  put(
    'template',
    seeded().map((template, index) => ({ ...template, id: index + 1 })),
  );
}

function seedChat(keeper: Keeper, chat: Chat, now: number): void {
  const random = new Random(chat.id * 613 + 5);
  const { tables } = keeper.ledger;
  const subject = keeper.subjectOf(chat);
  const busy = chat.id <= BUSY;
  for (const { id, reach } of tags) {
    if (!random.chance(busy ? 0.16 : 0.03)) continue;
    const of = reach === 'person' ? subject : -chat.id;
    tables.tagged.set(`${of} ${id}`, { subject: of, tag: id });
  }
  if (random.chance(busy ? 0.45 : 0.05)) {
    const status = 1 + random.below(statuses.length);
    tables.mark.set(String(chat.id), { status, pinned_ms: null, snoozed_until_ms: null, unless_reply: false }); // prettier-ignore
  }
  if (!busy) return;
  if (random.chance(0.3)) seedNote(keeper, chat, subject, random, now);
  if (random.chance(0.25)) seedTask(keeper, chat.id, random, now);
  if (chat.kind === 'person') {
    tables.value.set(`${subject} 1`, { subject, field: 1, value: random.pick(['en', 'ru', 'uk']), guessed: true }); // prettier-ignore
    // They have a German phone number.
    if (chat.id % 2 === 1) tables.value.set(`${subject} 2`, { subject, field: 2, value: 'Europe/Berlin', guessed: true }); // prettier-ignore
    if (chat.id % 16 === 5) tables.value.set(`${subject} 7`, { subject, field: 7, value: '2026-03-02', guessed: false }); // prettier-ignore
    if (random.chance(0.3)) tables.value.set(`${subject} 5`, { subject, field: 5, value: 'Wholesale', guessed: false }); // prettier-ignore
  }
}

function seedNote(keeper: Keeper, chat: Chat, subject: number, random: Random, now: number): void {
  const id = keeper.ledger.next();
  keeper.ledger.tables.note.set(String(id), {
    id, subject, text: random.pick(notes), pinned: chat.id % 4 === 0,
    created_ms: now - random.below(40) * DAY_MS - 3_600_000, edited_ms: null,
  }); // prettier-ignore
}

function seedTask(keeper: Keeper, chat: ChatId, random: Random, now: number): void {
  const id = keeper.ledger.next();
  const kind = random.pick(['follow_up', 'i_owe', 'they_owe'] as const);
  const due = random.chance(0.15) ? null : now + (random.below(14) - 4) * DAY_MS;
  const text = kind === 'follow_up' && random.chance(0.5) ? '' : random.pick(promises);
  keeper.ledger.tables.task.set(String(id), { id, chat, kind, text, message: null, due_ms: due, created_ms: now - 2 * DAY_MS, done_ms: null }); // prettier-ignore
}

/** Fills what is kept; the catalogue also where there is no chat yet. */
export function seed(keeper: Keeper, now: number, marked: boolean): void {
  seedCatalogue(keeper);
  const { chats } = keeper.world;
  if (!marked) {
    for (const table of ['tag', 'view', 'template'] as const) keeper.ledger.tables[table].clear();
    return;
  }
  for (const chat of chats.values()) seedChat(keeper, chat, now);
  const pinned = chats.get(9);
  const snoozed = chats.get(11);
  const { mark } = keeper.ledger.tables;
  if (pinned) mark.set('9', { status: 2, pinned_ms: now - DAY_MS, snoozed_until_ms: null, unless_reply: false }); // prettier-ignore
  if (snoozed) mark.set('11', { status: null, pinned_ms: null, snoozed_until_ms: now + DAY_MS, unless_reply: true }); // prettier-ignore
  keeper.refresh(chats.keys());
}
