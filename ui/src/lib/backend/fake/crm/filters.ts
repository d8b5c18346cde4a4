// Which chats a list shows and in which order: the rules of the program, over the fake world.

import type { Chat, ChatFilter, FieldId, FieldTest, FieldValue, Filter, MediaKind, MessageKind, Order } from '../../types'; // prettier-ignore

const DAY_S = 86_400;

/** What filters look at beside the chat. */
export interface Known {
  /** Fields of its person. */
  values: (chat: Chat) => readonly FieldValue[];
  /** Whether one of its messages is of one of these kinds. */
  hasMessage: (chat: Chat, kinds: readonly MessageKind[]) => boolean;
  /** Whether its status says that nothing is left to do. */
  isClosed: (chat: Chat) => boolean;
}

const isPerson = ({ kind }: Chat) => kind === 'person' || kind === 'bot' || kind === 'saved';
const isUnread = (chat: Chat) => chat.unread > 0 || chat.unread_mark;
const lastDate = (chat: Chat) => chat.last?.date ?? 0;
/** Whether somebody may wait in a chat: a person, and a group that mentions the account. */
const asks = ({ kind, mentions }: Chat) =>
  kind === 'person' || ((kind === 'group' || kind === 'supergroup') && mentions > 0);

/** Whether Telegram mutes a chat at this time; a mute runs out by itself. */
export const isMuted = ({ muted_until }: Chat, now: number) => (muted_until ?? 0) > Math.floor(now / 1000); // prettier-ignore
const isSnoozed = ({ marks }: Chat, now: number) => (marks.snoozed_until_ms ?? 0) > now;

function numberIn(text: string): number | null {
  const first = text.split(/\s+/)[0] ?? '';
  const number = Number(first);
  return first === '' || !Number.isFinite(number) ? null : number;
}

function compare(value: string, limit: string): number | null {
  const [a, b] = [numberIn(value), numberIn(limit)];
  if (a !== null && b !== null) return a - b;
  return a === null && b === null ? (value < limit ? -1 : Number(value > limit)) : null;
}

function passesTest(value: string | undefined, test: FieldTest): boolean {
  if (value === undefined) return false;
  switch (test.is) {
    case 'set':
      return true;
    case 'equal':
      return value.toLowerCase() === test.to.toLowerCase();
    case 'contains':
      return value.toLowerCase().includes(test.to.toLowerCase());
    case 'at_least':
      return (compare(value, test.to) ?? -1) >= 0;
    case 'at_most':
      return (compare(value, test.to) ?? 1) <= 0;
  }
}

function hasValue(chat: Chat, [field, test]: [FieldId, FieldTest], known: Known): boolean {
  return passesTest(known.values(chat).find((value) => value.field === field)?.value, test);
}

const messagesWith: Record<MediaKind, readonly MessageKind[]> = {
  photo: ['photo'], video: ['video', 'video_note', 'animation'], voice: ['voice', 'video_note'],
  audio: ['audio'], file: ['document'],
}; // prettier-ignore

function hasMedia(chat: Chat, media: MediaKind | null, known: Known): boolean {
  const kinds = media ? messagesWith[media] : Object.values(messagesWith).flat();
  return known.hasMessage(chat, kinds);
}

/** Whether an expression is true of a chat. */
export function isTrueOf(filter: Filter, chat: Chat, now: number, known: Known): boolean {
  const { marks } = chat;
  const seconds = now / 1000;
  switch (filter.has) {
    case 'every':
      return filter.of.every((part) => isTrueOf(part, chat, now, known));
    case 'any':
      return filter.of.some((part) => isTrueOf(part, chat, now, known));
    case 'not':
      return !isTrueOf(filter.of, chat, now, known);
    case 'peers':
      return filter.of.includes(chat.peer);
    case 'account':
      return chat.account === filter.of;
    case 'kind':
      return chat.kind === filter.of;
    case 'people':
      return isPerson(chat);
    case 'contact':
      return chat.kind === 'person' && chat.id % 3 !== 0;
    case 'groups':
      return !isPerson(chat);
    case 'tag':
      return marks.tags.includes(filter.of);
    case 'tagged':
      return marks.tags.length > 0;
    case 'status':
      return marks.status === filter.of;
    case 'unread':
      return isUnread(chat);
    case 'mentioned':
      return chat.mentions > 0;
    case 'muted':
      return isMuted(chat, now);
    case 'archived':
      return chat.archived;
    case 'pinned':
      return marks.pinned_ms !== null;
    case 'snoozed':
      return isSnoozed(chat, now);
    case 'draft':
      return chat.draft !== null;
    case 'waiting_on_me':
      return asks(chat) && marks.waiting_since !== null && seconds - marks.waiting_since >= filter.of * 60; // prettier-ignore
    case 'waiting_on_them':
      return chat.kind === 'person' && !known.isClosed(chat) && chat.last?.out === true && seconds - lastDate(chat) >= filter.of * 60; // prettier-ignore
    case 'quiet_days':
      return lastDate(chat) > 0 && seconds - lastDate(chat) >= filter.of * DAY_S;
    case 'last_from':
      return chat.last !== null && chat.last.kind !== 'service' && chat.last.out === (filter.of === 'me'); // prettier-ignore
    case 'media':
      return hasMedia(chat, filter.of, known);
    case 'since':
      return lastDate(chat) >= filter.of;
    case 'before':
      return lastDate(chat) > 0 && lastDate(chat) < filter.of;
    case 'noted':
      return marks.notes > 0;
    case 'tasks':
      return marks.tasks > 0;
    case 'due':
      return marks.next_due_ms !== null && marks.next_due_ms <= now;
    case 'field':
      return hasValue(chat, filter.of, known);
  }
}

/** Whether an expression speaks of something anywhere. */
function names(filter: Filter | undefined, has: 'archived' | 'snoozed'): boolean {
  if (!filter) return false;
  if (filter.has === 'every' || filter.has === 'any') return filter.of.some((part) => names(part, has)); // prettier-ignore
  return filter.has === 'not' ? names(filter.of, has) : filter.has === has;
}

/** Whether a list shows a chat. */
export function listShows(wanted: ChatFilter, known: Known): (chat: Chat) => boolean {
  const now = Date.now();
  const { filter } = wanted;
  const anyArchived = names(filter, 'archived');
  const anySnoozed = wanted.archived || names(filter, 'snoozed');
  return (chat) =>
    (wanted.account === undefined || chat.account === wanted.account) &&
    (!wanted.unread || isUnread(chat)) &&
    (anyArchived || chat.archived === wanted.archived) &&
    (anySnoozed || !isSnoozed(chat, now)) &&
    (wanted.people === wanted.groups || wanted.people === isPerson(chat)) &&
    (filter === undefined || isTrueOf(filter, chat, now, known));
}

const activity = (chat: Chat) => Math.max(lastDate(chat), chat.draft?.date ?? 0);

/** What stands first in an order has the smallest of these. */
function placeBy(order: Order, chat: Chat): number {
  const { waiting_since, next_due_ms } = chat.marks;
  switch (order) {
    case 'activity':
      return chat.pinned ?? Infinity;
    case 'waiting':
      return waiting_since ?? Infinity;
    case 'silent':
      return lastDate(chat) || Infinity;
    case 'due':
      return next_due_ms ?? Infinity;
  }
}

/** Compares two chats as a list orders them: what the operator pinned comes first. */
export function inOrder(order: Order): (a: Chat, b: Chat) => number {
  const by = (a: number, b: number) => (a === b ? 0 : a - b);
  return (a, b) =>
    by(b.marks.pinned_ms ?? 0, a.marks.pinned_ms ?? 0) ||
    by(placeBy(order, a), placeBy(order, b)) ||
    by(activity(b), activity(a)) ||
    by(b.id, a.id);
}
