// Answers to questions about the fake world.

import type {
  Calls, Chat, ChatId, Contact, Filter, Folder, HistoryPage, HistoryRequest, Hit, Message, SearchFilter, SearchPage,
  SharedChat, Span,
} from '../types'; // prettier-ignore
import { isTrueOf } from './crm/filters';
import { refuse } from './login';
import type { World } from './world';

/** The page of a history that an anchor asks for. */
export function historyPage(world: World, request: HistoryRequest): HistoryPage {
  const all = world.history(request.chat);
  const { anchor, limit } = request;
  const readIn = world.chats.get(request.chat)?.read_in ?? 0;
  const firstUnread = all.find((message) => message.id > readIn && !message.out) ?? null;
  const [start, end] = range(all, anchor, limit, firstUnread);
  const newest = end >= all.length;
  const outgoing = [...world.outgoing.values()].filter(
    (item) => item.chat === request.chat && item.state.state !== 'sent',
  );
  return {
    messages: all.slice(start, end).map((message) => ({ ...message })),
    has_older: start > 0,
    has_newer: !newest,
    outgoing: newest ? outgoing : [],
    first_unread: firstUnread?.row ?? null,
  };
}

function range(
  all: Message[],
  anchor: HistoryRequest['anchor'],
  limit: number,
  unread: Message | null,
): [number, number] {
  const at = (row: number) => {
    const index = all.findIndex((message) => message.row >= row);
    return index < 0 ? all.length : index;
  };
  const around = (row: number): [number, number] => {
    const start = Math.max(0, at(row) - Math.floor(limit / 2));
    return [start, Math.min(all.length, start + limit)];
  };
  if (anchor.at === 'before') return [Math.max(0, at(anchor.row) - limit), at(anchor.row)];
  if (anchor.at === 'after')
    return [at(anchor.row + 1), Math.min(all.length, at(anchor.row + 1) + limit)];
  if (anchor.at === 'around') return around(anchor.row);
  if (anchor.at === 'unread' && unread) return around(unread.row);
  return [Math.max(0, all.length - limit), all.length];
}

/** Chats whose messages are looked into: making histories takes a while. */
const LOOKED_INTO = 120;
/** Chats that are found by their names at most. */
const NAMED = 20;

/** A text as it is compared. */
export const fold = (text: string) => text.toLowerCase().replaceAll('ё', 'е');

/** Where a text has words of a query, in lower case. */
export function spansOf(text: string, query: string): Span[] {
  const spans: Span[] = [];
  const folded = fold(text);
  for (const word of query.split(/\s+/).filter(Boolean)) {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
      spans.push({ offset: at, length: word.length });
    }
  }
  return spans.sort((a, b) => a.offset - b.offset);
}

/** The number that somebody is reached by, where the account may see it. */
const phoneOf = ({ id, kind }: Chat) => kind === 'person' && id % 2 === 1 ? `+4930555${String(1000 + id)}` : null; // prettier-ignore

/** The digits of a text that is a phone number, or a part of one: fewer than four are in too many. */
function phoneDigits(text: string): string | null {
  const digits = text.replace(/\D/g, '');
  return /^[\d +()-]*$/.test(text) && digits.length >= 4 ? digits : null;
}

/** Whether a chat is found by its name, username or phone number, or by what is noted in its fields. */
export function isNamed(world: World, chat: Chat, text: string): boolean {
  const query = fold(text.trim());
  if (fold(`${chat.title} @${chat.username ?? ''}`).includes(query)) return true;
  const digits = phoneDigits(query);
  if (digits !== null && phoneOf(chat)?.includes(digits)) return true;
  return query.length > 1 && world.keeper.values(chat).some(({ value }) => fold(value).includes(query)); // prettier-ignore
}

function scopeChats(world: World, scope: Calls['search']['args']['scope']): Chat[] {
  const all = [...world.chats.values()];
  if (scope.in === 'chat') return all.filter((chat) => chat.id === scope.id);
  const chats = scope.in === 'account' ? all.filter((chat) => chat.account === scope.id) : all;
  return chats;
}

/** Whether a search lets a message through, whatever it says; of a chat alone, whether it may. */
function passes(world: World, filter: SearchFilter, chat: Chat, message?: Message): boolean | null {
  switch (filter.has) {
    case 'every':
    case 'any': {
      const said = filter.of.map((part) => passes(world, part, chat, message));
      const decides = filter.has === 'any';
      if (said.includes(decides)) return decides;
      return said.includes(null) ? null : !decides;
    }
    case 'not': {
      const said = passes(world, filter.of, chat, message);
      return said === null ? null : !said;
    }
    case 'chat':
      return isTrueOf(filter.of, chat, Date.now(), world.keeper);
    default:
      return message ? holds(filter, chat, message) : null;
  }
}

function holds(filter: SearchFilter, chat: Chat, message: Message): boolean {
  switch (filter.has) {
    case 'out':
      return message.out;
    case 'from':
      return !message.out && fold(message.sender_name ?? chat.title).includes(fold(filter.of));
    case 'kind':
      return message.kind === filter.of;
    case 'link':
      return message.entities.some(({ kind }) => kind === 'link' || kind === 'text_link');
    case 'since':
      return message.date >= filter.of;
    case 'before':
      return message.date < filter.of;
    default:
      return false;
  }
}

/** Chats and messages that match, newest first. */
export function search(world: World, args: Calls['search']['args']): SearchPage {
  const query = fold(args.query.trim());
  const { filter } = args;
  if (query === '' && filter.has === 'every' && filter.of.length === 0)
    return { chats: [], hits: [], next: null };
  const whole = scopeChats(world, args.scope).filter((chat) => passes(world, filter, chat) !== false); // prettier-ignore
  const scoped = whole.slice(0, LOOKED_INTO);
  const hits: Hit[] = [];
  for (const chat of scoped) {
    for (const message of world.history(chat.id)) {
      const spans = spansOf(message.text, query);
      const matches = query === '' || spans.length > 0;
      if (matches && passes(world, filter, chat, message)) hits.push({ message, chat_title: chat.title, spans }); // prettier-ignore
    }
  }
  hits.sort((a, b) => b.message.row - a.message.row);
  const { before } = args;
  const from = before === null ? 0 : hits.findIndex((hit) => hit.message.row < before);
  const page = from < 0 ? [] : hits.slice(from, from + args.limit);
  const more = from >= 0 && from + args.limit < hits.length;
  const named = args.before === null && args.scope.in !== 'chat';
  return {
    chats: named ? whole.filter((chat) => isNamed(world, chat, query)).slice(0, NAMED) : [],
    hits: page,
    next: more ? (page.at(-1)?.message.row ?? null) : null,
  };
}

function elsewhere(world: World, chat: Chat): SharedChat[] {
  return [...world.chats.values()]
    .filter(
      (other) => other.peer === chat.peer && other.id !== chat.id && other.account !== chat.account,
    )
    .slice(0, 8)
    .map((other) => ({
      chat: other.id,
      account: other.account,
      title: other.title,
      last_date: other.last?.date ?? null,
      unread: other.unread,
    }));
}

/** Who is behind a chat. */
export function contact(world: World, id: ChatId): Contact {
  const chat = world.chats.get(id);
  if (!chat) throw refuse('not_found');
  const history = world.history(id);
  return {
    peer: chat.peer,
    kind: chat.kind,
    name: chat.title,
    username: chat.username,
    phone: phoneOf(chat),
    about: chat.id % 3 === 0 ? null : 'Orders, deliveries and returns. Mon–Fri 9–17.',
    photo: chat.photo,
    members: chat.kind === 'supergroup' || chat.kind === 'group' ? 4 + chat.id : null,
    messages: history.length,
    first_date: history[0]?.date ?? null,
    elsewhere: elsewhere(world, chat),
  };
}

/** Two folders of the first account, and one of the second by the same name. */
export function foldersOf(world: World): Folder[] {
  const [first, second] = world.accounts;
  if (!first || !second) return [];
  const of = (account: number, every: number) =>
    [...world.chats.values()]
      .filter((chat) => chat.account === account && chat.id % every === 0)
      .slice(0, 20)
      .map(({ peer }) => peer);
  const folder = (account: number, id: number, title: string, inside: Filter): Folder => ({
    account,
    id,
    title,
    filter: { has: 'every', of: [{ has: 'account', of: account }, inside] },
  });
  return [
    folder(first.id, 2, 'Customers', { has: 'peers', of: of(first.id, 2) }),
    folder(first.id, 3, 'Unread people', { has: 'every', of: [{ has: 'contact' }, { has: 'unread' }] }),
    folder(second.id, 2, 'Customers', { has: 'peers', of: of(second.id, 2) }),
  ]; // prettier-ignore
}
