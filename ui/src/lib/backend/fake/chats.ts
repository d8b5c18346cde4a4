// Accounts and chats of the fake world.

import type { Account, AccountState, Chat, ChatKind } from '../types';
import { unmarked } from './crm/keeper';
import { Random } from './random';
import { hostile, languages } from './texts';

const kinds: readonly ChatKind[] = [
  'person', 'person', 'person', 'person', 'person', 'person', 'group', 'supergroup', 'channel', 'bot',
]; // prettier-ignore

/** Names, states and colours of the accounts, in the operator's order. */
const operators: readonly { name: string; username: string | null; colour: number }[] = [
  { name: 'Nordlicht Shop', username: 'nordlicht_shop', colour: 7 },
  { name: 'Вера · опт', username: 'vera_opt', colour: 4 },
  { name: 'Майстерня Левчук', username: null, colour: 1 },
  { name: 'Support desk', username: 'nordlicht_help', colour: 9 },
  { name: 'Archive 2024', username: null, colour: 11 },
];

/** States that show every badge of the sidebar. */
function stateOf(index: number, now: number): AccountState {
  if (index === 2) return { state: 'waiting', until_ms: now + 4 * 60_000, why: 'flood' };
  if (index === 3) return { state: 'connecting' };
  if (index === 4) return { state: 'revoked' };
  return { state: 'online' };
}

/** The accounts of a world. */
export function makeAccounts(count: number, now: number): Account[] {
  return operators.slice(0, count).map((operator, index) => ({
    id: index + 1,
    user_id: 900_000_000 + index,
    name: operator.name,
    label: null,
    username: operator.username,
    phone: `+9996601${String(2000 + index)}`,
    colour: operator.colour,
    position: index,
    photo: null,
    connection: { via: 'profile', name: 'demo' },
    state: stateOf(index, now),
    since_ms: now - 60_000,
    unread: 0,
  }));
}

/** A chat and how long its history is. */
export interface Seed {
  chat: Chat;
  count: number;
  lastDate: number;
  gap: number;
  language: number;
}

function titleOf(random: Random, kind: ChatKind, language: number, index: number): string {
  const words = languages[language] ?? languages[0];
  if (kind === 'saved') return 'Saved messages';
  if (kind === 'person') return `${random.pick(words.first)} ${random.pick(words.last)}`;
  if (kind === 'bot') return `${random.pick(words.last)} Bot`;
  return index < 40 ? random.pick(words.groups) : `${random.pick(words.groups)} ${index}`;
}

/** Quickly a chat of the world; its history is made when somebody looks. */
export function makeChat(index: number, accounts: number, now: number): Seed {
  const random = new Random(index * 7919 + 17);
  const kind = index === 9 ? 'saved' : random.pick(kinds);
  const language = random.below(languages.length);
  const lastDate = Math.floor(now / 1000) - index * (60 + random.below(240)) - random.below(50);
  const unread =
    kind !== 'saved' && random.chance(0.18) ? 1 + random.below(index < 10 ? 12 : 40) : 0;
  const count = index === 0 ? 1200 : 12 + random.below(index < 60 ? 160 : 40);
  // Two chats in ten are with somebody whom another account knows too.
  const peer =
    kind === 'person' ? 10_000 + (random.chance(0.2) ? index % 23 : index) : -20_000 - index;
  const chat: Chat = {
    id: index + 1,
    account: 1 + (index % accounts),
    peer,
    kind,
    title: titleOf(random, kind, language, index),
    username: random.chance(0.5) ? `user_${index}` : null,
    photo: random.chance(0.35) ? { id: String(index) } : null,
    pinned: index === 3 || index === 12 ? index : null,
    archived: index > 20 && random.chance(0.08),
    muted_until: random.chance(0.15) ? 2 ** 31 - 1 : null,
    unread: Math.min(unread, count),
    unread_mark: index === 14,
    mentions: kind === 'supergroup' && unread > 3 ? 1 : 0,
    read_in: count - unread,
    read_out: count - random.below(3),
    last: null,
    draft:
      index === 5
        ? { text: 'Thank you, I will call at', reply_to: null, date: lastDate + 60 }
        : null,
    can_write: kind !== 'channel',
    moved_to: null,
    marks: { ...unmarked },
  };
  return { chat, count, lastDate, gap: 60 + random.below(5400), language };
}

/** Since when the operator owes an answer: a while before the newest message, where it is theirs. */
export function waitingSince({ chat, gap }: Seed): number | null {
  const { last, kind } = chat;
  if (!last || last.out || last.kind === 'service' || kind === 'channel' || kind === 'saved') return null; // prettier-ignore
  return last.date - (chat.id % 3) * gap;
}

/** Turns some chats into what a hostile peer would make of them. */
export function makeHostile(seed: Seed, index: number): void {
  if (index === 0) seed.chat.title = hostile.name;
  if (index === 1) seed.chat.title = 'W'.repeat(1_000_000);
  if (index === 2) seed.chat.title = '\u200B\u0000';
}
