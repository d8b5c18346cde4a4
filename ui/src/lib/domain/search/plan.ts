// What a query means here: which chats, which messages, and what can not be understood.

import type {
  Account,
  ChatStatus,
  Filter,
  MessageKind,
  RowId,
  SearchFilter,
  Tag,
} from '$lib/backend';
import { accountName } from '$lib/domain/account/name';
import { statusName } from '$lib/domain/crm/names';
import { joined } from '$lib/domain/lists/builtin';
import { m } from '$lib/messages';
import { cleanName } from '$lib/shared/text';
import { dayOf, operators, parse, quoted, type Operator, type Typed } from './query';

/** What operators speak of. */
export interface Known {
  accounts: readonly Account[];
  catalogue: { tags: readonly Tag[]; statuses: readonly ChatStatus[] };
}

/** What is asked of messages. */
export type Messages = Omit<SearchFilter, 'chats'>;

/** A query as it is carried out. */
export interface Plan {
  words: string;
  typed: readonly Typed[];
  account: number | null;
  /** Which chats. */
  filter: Filter | null;
  /** Only messages of rows before this one. */
  before: RowId | null;
  /** Which messages, beside the words; of whichever chats. */
  messages: Messages;
  /** Sentences about what was not understood. */
  problems: readonly string[];
}

/** A message's row id begins with its date. */
const ROWS_OF_SECOND = 2 ** 20;

const media: Record<string, readonly MessageKind[]> = {
  photo: ['photo'], video: ['video', 'video_note', 'animation'], voice: ['voice', 'video_note'],
  audio: ['audio'], file: ['document'], sticker: ['sticker'],
  media: ['photo', 'video', 'video_note', 'voice', 'audio', 'animation', 'document'],
}; // prettier-ignore

/** Every kind of message, to leave some out; the compiler tells of one that is new. */
const kinds = Object.keys({
  text: 0, photo: 0, video: 0, video_note: 0, voice: 0, audio: 0, animation: 0, sticker: 0, document: 0,
  contact: 0, location: 0, poll: 0, dice: 0, game: 0, invoice: 0, story: 0, vanishing: 0, service: 0,
  unsupported: 0,
} satisfies Record<MessageKind, 0>) as MessageKind[]; // prettier-ignore

const chatHas: Record<string, Filter> = {
  note: { has: 'noted' }, task: { has: 'tasks' }, draft: { has: 'draft' }, tag: { has: 'tagged' },
}; // prettier-ignore

const chatIs: Record<string, Filter> = {
  unread: { has: 'unread' }, read: { has: 'not', of: { has: 'unread' } }, muted: { has: 'muted' },
  archived: { has: 'archived' }, pinned: { has: 'pinned' }, snoozed: { has: 'snoozed' },
  mentioned: { has: 'mentioned' }, waiting: { has: 'waiting_on_me', of: 0 }, due: { has: 'due' },
  person: { has: 'people' }, group: { has: 'groups' },
}; // prettier-ignore

const me = ['me', 'я', 'мене', 'меня'];
const them = ['them', 'они', 'вони'];

const same = (a: string, b: string) => a.toLocaleLowerCase() === b.toLocaleLowerCase();
const within = (whole: string, part: string) => whole.toLocaleLowerCase().includes(part.toLocaleLowerCase()); // prettier-ignore

/** The one that is called so, or the first that begins so. */
function called<T>(things: readonly T[], nameOf: (thing: T) => string, value: string): T | undefined {
  return (
    things.find((thing) => same(nameOf(thing), value)) ??
    things.find((thing) => value !== '' && nameOf(thing).toLocaleLowerCase().startsWith(value.toLocaleLowerCase()))
  );
} // prettier-ignore

interface Draft {
  account: number | null;
  filters: Filter[];
  before: RowId | null;
  messages: Messages;
}

/** Nothing asked of messages. */
export const anyMessage: Messages = { kinds: [], links: false };

/** Whether anything is asked of messages themselves. */
export function asksMessages({ messages, before }: Pick<Plan, 'messages' | 'before'>): boolean {
  const { kinds, links, out, from, since } = messages;
  return before !== null || kinds.length > 0 || links || (out ?? from ?? since) !== undefined;
}

/** Takes one operator in; says whether it was understood. */
function take(draft: Draft, { operator, value }: Typed, known: Known): boolean {
  switch (operator) {
    case 'tag': {
      const tag = called(known.catalogue.tags, ({ name }) => cleanName(name), value);
      if (tag) draft.filters.push({ has: 'tag', of: tag.id });
      return tag !== undefined;
    }
    case 'status': {
      const status = called(known.catalogue.statuses, statusName, value);
      if (status) draft.filters.push({ has: 'status', of: status.id });
      return status !== undefined;
    }
    case 'account': {
      const account = called(known.accounts, accountName, value);
      draft.account = account?.id ?? draft.account;
      return account !== undefined;
    }
    case 'from':
      if (me.includes(value.toLocaleLowerCase())) draft.messages.out = true;
      else if (them.includes(value.toLocaleLowerCase())) draft.messages.out = false;
      else draft.messages.from = value;
      return value !== '';
    case 'before':
    case 'after': {
      const day = dayOf(value);
      if (day !== null && operator === 'before') draft.before = day * ROWS_OF_SECOND;
      if (day !== null && operator === 'after') draft.messages.since = day;
      return day !== null;
    }
    case 'is': {
      const filter = chatIs[value.toLowerCase()];
      if (filter) draft.filters.push(filter);
      return filter !== undefined;
    }
    case 'has': {
      const name = value.toLowerCase();
      const [kinds, filter] = [media[name], chatHas[name]];
      if (filter) draft.filters.push(filter);
      if (kinds) draft.messages.kinds.push(...kinds);
      if (name === 'link') draft.messages.links = true;
      return filter !== undefined || kinds !== undefined || name === 'link';
    }
  }
} // prettier-ignore

/** Takes one operator in that is turned round; says whether it was understood, and can be. */
function takeNot(draft: Draft, one: Typed, known: Known): boolean | 'never' {
  const only: Draft = { account: null, filters: [], before: null, messages: { ...anyMessage, kinds: [] } }; // prettier-ignore
  if (!take(only, one, known)) return false;
  const { messages } = draft;
  const { kinds: without, links, out, from, since } = only.messages;
  // Names of senders and links can be looked for; messages without them can not.
  if (links || from !== undefined) return 'never';
  if (out !== undefined) messages.out = !out;
  if (since !== undefined) draft.before = since * ROWS_OF_SECOND;
  if (only.before !== null) messages.since = only.before / ROWS_OF_SECOND;
  if (without.length > 0) {
    const wanted = messages.kinds.length > 0 ? messages.kinds : kinds;
    messages.kinds = wanted.filter((kind) => !without.includes(kind));
  }
  const account: Filter[] = only.account === null ? [] : [{ has: 'account', of: only.account }];
  const chats = [...only.filters, ...account];
  draft.filters.push(...chats.map((of): Filter => ({ has: 'not', of })));
  return true;
}

/** What a query means. */
export function planOf(query: string, known: Known): Plan {
  const { words, typed, unknown } = parse(query);
  const draft: Draft = {
    account: null,
    filters: [],
    before: null,
    messages: { ...anyMessage, kinds: [] },
  };
  const problems: string[] = unknown.map((name) => m.search_no_operator({ name, known: operators.map((one) => `${one}:`).join(' ') })); // prettier-ignore
  // A value under way is no mistake yet. What is left out is left out of all that is wanted.
  const whole = typed.filter(({ value }) => value !== '');
  for (const one of whole.toSorted((a, b) => Number(a.not) - Number(b.not))) {
    const taken = one.not ? takeNot(draft, one, known) : take(draft, one, known);
    if (taken === 'never')
      problems.push(m.search_no_not({ name: `-${one.operator}:${one.value}` }));
    else if (!taken) problems.push(problemOf(one));
  }
  return { ...draft, words, typed, filter: joined(draft.filters), problems };
}

function problemOf({ operator, value }: Typed): string {
  if (operator === 'before' || operator === 'after') return m.search_no_day({ value });
  if (operator === 'is') return m.search_no_value({ name: `is:${value}`, known: Object.keys(chatIs).join(', ') }); // prettier-ignore
  if (operator === 'has') return m.search_no_value({ name: `has:${value}`, known: [...Object.keys(media), 'link', ...Object.keys(chatHas)].join(', ') }); // prettier-ignore
  return m.search_none_called({ value });
}

/** Values that an operator may have and that fit what is typed so far, as they have to be typed. */
export function valuesOf(operator: Operator, typed: string, known: Known): string[] {
  const all: Record<Operator, () => readonly string[]> = {
    from: () => ['me', 'them'],
    tag: () => known.catalogue.tags.map(({ name }) => cleanName(name)),
    status: () => known.catalogue.statuses.map(statusName),
    account: () => known.accounts.map(accountName),
    before: () => [],
    after: () => [],
    is: () => Object.keys(chatIs),
    has: () => [...Object.keys(media), 'link', ...Object.keys(chatHas)],
  };
  return all[operator]()
    .filter((value) => value !== '' && within(value, typed) && !same(value, typed))
    .map(quoted);
}
