// What a query means here: which chats, which messages, and what can not be understood.

import type { Account, ChatKind, ChatStatus, Field, FieldTest, Filter, MessageKind, SearchFilter, Tag } from '$lib/backend'; // prettier-ignore
import { accountName } from '$lib/domain/account/name';
import { fieldName, statusName } from '$lib/domain/crm/names';
import { joined, waitingOnMe } from '$lib/domain/lists/builtin';
import { m } from '$lib/messages';
import { cleanName } from '$lib/shared/text';
import { dayOf, operators, parse, quoted, type Group, type Operator, type Parsed, type Typed } from './query'; // prettier-ignore
import { daysOf, minutesOf } from './spans';
import { spansLike, valueOf, valuesIn, valuesLike } from './values';

/** What operators speak of. */
export interface Known {
  accounts: readonly Account[];
  catalogue: { tags: readonly Tag[]; statuses: readonly ChatStatus[]; fields: readonly Field[] };
}

/** A query as it is carried out. */
export interface Plan {
  words: string;
  typed: readonly Typed[];
  /** The operators and what joins them, as they stand. */
  parts: Parsed['parts'];
  account: number | null;
  /** Which chats, as far as the operators tell without looking at messages. */
  filter: Filter | null;
  /** What a list of these chats can not take into account, as it would be typed. */
  leftOut: readonly string[];
  /** Which messages, beside the words. */
  messages: SearchFilter;
  /** Sentences about what was not understood. */
  problems: readonly string[];
}

const media: Record<string, readonly MessageKind[]> = {
  photo: ['photo'], video: ['video', 'video_note', 'animation'], voice: ['voice', 'video_note'],
  audio: ['audio'], file: ['document'], sticker: ['sticker'],
  media: ['photo', 'video', 'video_note', 'voice', 'audio', 'animation', 'document'],
}; // prettier-ignore

const chatHas: Record<string, Filter> = {
  note: { has: 'noted' }, task: { has: 'tasks' }, draft: { has: 'draft' }, tag: { has: 'tagged' },
}; // prettier-ignore

const chatIs: Record<string, Filter> = {
  unread: { has: 'unread' }, read: { has: 'not', of: { has: 'unread' } }, muted: { has: 'muted' },
  archived: { has: 'archived' }, pinned: { has: 'pinned' }, snoozed: { has: 'snoozed' },
  mentioned: { has: 'mentioned' }, waiting: waitingOnMe, due: { has: 'due' },
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

/** Whether anything is asked of messages themselves. */
export function asksMessages({ messages }: Pick<Plan, 'messages'>): boolean {
  return looksAtMessages(messages);
}

function looksAtMessages(filter: SearchFilter): boolean {
  switch (filter.has) {
    case 'every':
    case 'any':
      return filter.of.some(looksAtMessages);
    case 'not':
      return looksAtMessages(filter.of);
    default:
      return filter.has !== 'chat';
  }
}

const chat = (of: Filter): SearchFilter => ({ has: 'chat', of });
const any = (of: SearchFilter[]): SearchFilter => (of.length === 1 && of[0] ? of[0] : { has: 'any', of }); // prettier-ignore

/** What a tag, a status or an account is called. */
function named(operator: 'tag' | 'status' | 'account', value: string, known: Known): Filter | null {
  const { tags, statuses } = known.catalogue;
  const tag = operator === 'tag' && called(tags, ({ name }) => cleanName(name), value);
  if (tag) return { has: 'tag', of: tag.id };
  const status = operator === 'status' && called(statuses, statusName, value);
  if (status) return { has: 'status', of: status.id };
  const account = operator === 'account' && called(known.accounts, accountName, value);
  return account ? { has: 'account', of: account.id } : null;
}

/** `Source=Fair`, `Deal>=100`, `City~Lviv`; a field alone has any value. */
const TEST = /^(?<name>.*?)(?<sign>>=|<=|=|~)(?<to>.*)$/su;

function fieldTest(sign: string | undefined, to: string): FieldTest {
  // A value that is still to be typed is no mistake yet.
  if (to === '') return { is: 'set' };
  if (sign === '>=') return { is: 'at_least', to };
  if (sign === '<=') return { is: 'at_most', to };
  return sign === '~' ? { is: 'contains', to } : { is: 'equal', to };
}

/** What a condition on a field asks for. */
function ofField(value: string, known: Known): Filter | null {
  const { name = value, sign, to = '' } = TEST.exec(value)?.groups ?? {};
  const field = called(known.catalogue.fields, fieldName, name.trim());
  return field ? { has: 'field', of: [field.id, fieldTest(sign, to.trim())] } : null;
}

/** What an operator asks for; `null` where it was not understood. */
function conditionOf({ operator, value }: Typed, known: Known): SearchFilter | null {
  const lower = value.toLocaleLowerCase();
  switch (operator) {
    case 'tag':
    case 'status':
    case 'account': {
      const filter = named(operator, value, known);
      return filter && chat(filter);
    }
    case 'from':
      if (me.includes(lower)) return { has: 'out' };
      if (them.includes(lower)) return { has: 'not', of: { has: 'out' } };
      return { has: 'from', of: value };
    case 'before':
    case 'after': {
      const day = dayOf(value);
      return day === null ? null : { has: operator === 'before' ? 'before' : 'since', of: day };
    }
    case 'waiting': {
      const minutes = minutesOf(value);
      return minutes === null ? null : chat({ has: 'waiting_on_me', of: minutes });
    }
    case 'quiet': {
      const days = daysOf(value);
      return days === null ? null : chat({ has: 'quiet_days', of: days });
    }
    case 'is': {
      const filter = chatIs[valueOf('is', value) ?? ''];
      return filter ? chat(filter) : null;
    }
    case 'kind': {
      const kind = valueOf('kind', value);
      return kind === null ? null : chat({ has: 'kind', of: kind as ChatKind });
    }
    case 'field': {
      const filter = ofField(value, known);
      return filter && chat(filter);
    }
    case 'has': {
      const had = valueOf('has', value) ?? '';
      const [kinds, filter] = [media[had], chatHas[had]];
      if (filter) return chat(filter);
      if (had === 'link') return { has: 'link' };
      return kinds ? any(kinds.map((of): SearchFilter => ({ has: 'kind', of }))) : null;
    }
  }
}

/** What several operators ask for together; those that were not understood are left out. */
function filterOf(group: Group, known: Known): SearchFilter | null {
  if ('operator' in group) {
    const condition = group.value === '' ? null : conditionOf(group, known);
    return condition && group.not ? { has: 'not', of: condition } : condition;
  }
  if ('not' in group) {
    const of = filterOf(group.not, known);
    return of && { has: 'not', of };
  }
  const parts = 'all' in group ? group.all : group.any;
  const filters = parts.map((part) => filterOf(part, known)).filter((part) => part !== null);
  if (filters.length === 0) return null;
  return 'all' in group ? { has: 'every', of: filters } : any(filters);
}

/** The same asked of chats; `null` where it has to be asked of messages. */
function ofChats(filter: SearchFilter): Filter | null {
  switch (filter.has) {
    case 'chat':
      return filter.of;
    case 'not': {
      const of = ofChats(filter.of);
      return of && { has: 'not', of };
    }
    case 'every':
    case 'any': {
      const parts = filter.of.map(ofChats).filter((part) => part !== null);
      return parts.length === filter.of.length ? { has: filter.has, of: parts } : null;
    }
    default:
      return null;
  }
}

/** The account that a search is kept to, where one operator alone says so. */
function onlyAccount(groups: readonly Group[], known: Known): number | null {
  const said = groups.filter((group): group is Typed => 'operator' in group && group.operator === 'account' && !group.not); // prettier-ignore
  const [one] = said;
  const filter = said.length === 1 && one && one.value !== '' ? named('account', one.value, known) : null; // prettier-ignore
  return filter?.has === 'account' ? filter.of : null;
}

/** What a query means. */
export function planOf(query: string, known: Known): Plan {
  const { words, typed, parts, groups, unknown, strayOr } = parse(query);
  const problems: string[] = unknown.map((name) => m.search_no_operator({ name, known: operators.map((one) => `${one}:`).join(' ') })); // prettier-ignore
  // A value under way is no mistake yet.
  const wrong = typed.filter((one) => one.value !== '' && conditionOf(one, known) === null);
  problems.push(...wrong.map(problemOf));
  if (strayOr) problems.push(m.search_stray_or());
  const account = onlyAccount(groups, known);
  const all = groups.map((group) => filterOf(group, known)).filter((part) => part !== null);
  const beside = all.filter((part) => account === null || part.has !== 'chat' || part.of.has !== 'account'); // prettier-ignore
  const chats = beside.map(ofChats).filter((part) => part !== null);
  const leftOut = [...(words === '' ? [] : [words]), ...groups.flatMap((group) => ofMessages(group, known))]; // prettier-ignore
  return { words, typed, parts, account, filter: joined(chats), leftOut, messages: { has: 'every', of: beside }, problems }; // prettier-ignore
}

/** The operators of a group that has to be asked of messages, as they would be typed. */
function ofMessages(group: Group, known: Known): string[] {
  const filter = filterOf(group, known);
  if (filter === null || ofChats(filter) !== null) return [];
  return typedIn(group).map(({ operator, value, not }) => `${not ? '-' : ''}${operator}:${quoted(value)}`); // prettier-ignore
}

function typedIn(group: Group): Typed[] {
  if ('operator' in group) return group.value === '' ? [] : [group];
  if ('not' in group) return typedIn(group.not);
  return ('all' in group ? group.all : group.any).flatMap(typedIn);
}

function problemOf({ operator, value }: Typed): string {
  if (operator === 'before' || operator === 'after') return m.search_no_day({ value });
  if (operator === 'waiting') return m.search_no_span({ value });
  if (operator === 'quiet') return m.search_no_days({ value });
  if (operator === 'is' || operator === 'has' || operator === 'kind')
    return m.search_no_value({
      name: `${operator}:${value}`,
      known: valuesIn(operator).join(', '),
    });
  return m.search_none_called({ value });
}

/** Values that an operator may have and that fit what is typed so far, as they have to be typed. */
export function valuesOf(operator: Operator, typed: string, known: Known): string[] {
  const { tags, statuses, fields } = known.catalogue;
  const all: Record<Operator, () => readonly string[]> = {
    from: () => ['me', 'them'],
    tag: () => tags.map(({ name }) => cleanName(name)),
    status: () => statuses.map(statusName),
    account: () => known.accounts.map(accountName),
    before: () => [],
    after: () => [],
    waiting: () => spansLike('waiting', typed),
    quiet: () => spansLike('quiet', typed),
    is: () => valuesLike('is', typed),
    has: () => valuesLike('has', typed),
    kind: () => valuesLike('kind', typed),
    field: () => fields.flatMap(testsOf),
  };
  return all[operator]()
    .filter((value) => value !== '' && within(folded(value), folded(typed)) && !same(value, typed))
    .map(typable);
}

const folded = (text: string) => text.replaceAll('ё', 'е');

/** What can be asked of a field; where anything may be its value, the beginning of it. */
function testsOf(field: Field): string[] {
  const name = fieldName(field);
  return field.options.length === 0 ? [`${name}=`] : field.options.map((option) => `${name}=${option}`); // prettier-ignore
}

/** A value as it is typed; one that is to be gone on with stays open. */
function typable(value: string): string {
  if (!value.endsWith('=')) return `${quoted(value)} `;
  return /\s/.test(value) ? `"${value}` : value;
}
