// The fake world's state: what a store would hold, kept in memory.

import type {
  Account, AccountId, Chat, ChatFilter, ChatId, Event, Message, MessageId, Order, Outgoing, OutgoingId, RichText, RowId,
  SyncProgress, Damage,
} from '../types'; // prettier-ignore
import { makeAccounts, makeChat, makeHostile, waitingSince, type Seed } from './chats';
import { inOrder, isMuted, listShows } from './crm/filters';
import { Keeper } from './crm/keeper';
import { seed as seedMarks } from './crm/seed';
import { hostileMessages, lastOf, messageAt, rowOf } from './history';
import { Logins } from './login';

/** How large and how wild a world is. */
export interface WorldOptions {
  accounts?: number;
  chats?: number;
  hostile?: boolean;
  now?: number;
  /** Whether the operator has marked nothing yet. */
  unmarked?: boolean;
}

/** Accounts, chats, histories and what is on its way out. */
export class World {
  /** Logins under way. */
  readonly logins = new Logins(this);
  /** What the operator keeps of people and chats. */
  readonly keeper = new Keeper(this);
  accounts: Account[];
  /** What was found damaged. */
  damage: Damage | null = null;
  readonly chats = new Map<ChatId, Chat>();
  /** Since when theirs stand unanswered, whatever the status of the chat says. */
  readonly unanswered = new Map<ChatId, number | null>();
  readonly outgoing = new Map<OutgoingId, Outgoing>();
  readonly sync = new Map<AccountId, SyncProgress>();
  /** Languages that accounts were set to write in. */
  readonly languages = new Map<AccountId, string | null>();
  readonly #seeds = new Map<ChatId, Seed>();
  readonly #histories = new Map<ChatId, Message[]>();
  readonly #listeners = new Set<(event: Event) => void>();
  /** Chats in each order that somebody asked for, until something changes. */
  readonly #ordered = new Map<Order, Chat[]>();
  #nextOutgoing = 1;

  constructor(options: WorldOptions = {}) {
    const now = options.now ?? Date.now();
    const accounts = options.accounts ?? 3;
    this.accounts = makeAccounts(accounts, now);
    for (let index = 0; index < (options.chats ?? 240); index++) {
      if (accounts === 0) break;
      const seed = makeChat(index, accounts, now);
      if (options.hostile) makeHostile(seed, index);
      this.#seeds.set(seed.chat.id, seed);
      seed.chat.last = lastOf(messageAt(seed, seed.count - 1));
      this.unanswered.set(seed.chat.id, waitingSince(seed));
      seed.chat.marks.waiting_since = this.keeper.waitingSince(seed.chat);
      this.chats.set(seed.chat.id, seed.chat);
      if (options.hostile && index === 0) this.#addHostile(seed);
    }
    for (const { id } of this.accounts) this.sync.set(id, this.#progress(id));
    seedMarks(this.keeper, now, accounts > 0 && !options.unmarked);
    this.#countUnread();
  }

  #addHostile(seed: Seed): void {
    const history = this.history(seed.chat.id);
    history.push(...hostileMessages(seed));
    const last = history.at(-1);
    if (last) seed.chat.last = lastOf(last);
  }

  #progress(account: AccountId): SyncProgress {
    const chats = [...this.chats.values()].filter((chat) => chat.account === account).length;
    const done = account === 2 ? Math.floor(chats * 0.6) : chats;
    return {
      account,
      stage: done < chats ? 'history' : 'complete',
      chats_done: done,
      chats,
      messages: chats * 68,
      waiting_until_ms: null,
      paused: false,
      refused: 0,
      closed: 0,
    };
  }

  #countUnread(): void {
    for (const account of this.accounts) account.unread = 0;
    for (const chat of this.chats.values()) {
      const account = this.account(chat.account);
      if (account && !chat.archived && !isMuted(chat, Date.now())) account.unread += chat.unread;
    }
  }

  /** Hears every change. */
  listen(listener: (event: Event) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells everybody; for changes made from outside too. */
  tell(event: Event): void {
    for (const listener of this.#listeners) listener(event);
  }

  account(id: AccountId): Account | undefined {
    return this.accounts.find((account) => account.id === id);
  }

  /** The messages of a chat, oldest first. */
  history(chat: ChatId): Message[] {
    const known = this.#histories.get(chat);
    if (known) return known;
    const seed = this.#seeds.get(chat);
    const made = seed ? Array.from({ length: seed.count }, (_, n) => messageAt(seed, n)) : [];
    this.#histories.set(chat, made);
    return made;
  }

  /** Puts older messages before a chat's first, as the reading of its history does. */
  addOlder(chat: ChatId, count: number): RowId[] {
    const seed = this.#seeds.get(chat);
    const history = this.history(chat);
    const first = history[0];
    if (!seed || !first) return [];
    const older = Array.from({ length: count }, (_, index): Message => {
      const date = first.date - (count - index) * seed.gap;
      const id = first.id - (count - index);
      return { ...messageAt(seed, index), id, date, row: rowOf(date, chat, id) };
    });
    history.unshift(...older);
    return older.map(({ row }) => row);
  }

  /** A message by its row, among the histories somebody has looked at. */
  message(row: RowId): Message | undefined {
    for (const history of this.#histories.values()) {
      const found = history.find((message) => message.row === row);
      if (found) return found;
    }
    return undefined;
  }

  /** Ids of the chats that a list shows, in its order. */
  keys(filter: ChatFilter): ChatId[] {
    const known = this.#ordered.get(filter.order);
    const ordered = known ?? [...this.chats.values()].sort(inOrder(filter.order));
    this.#ordered.set(filter.order, ordered);
    return ordered.filter(listShows(filter, this.keeper)).map((chat) => chat.id);
  }

  /** Orders the lists anew when somebody asks. */
  reorder(): void {
    this.#ordered.clear();
  }

  /** Changes a chat and tells. */
  change(id: ChatId, change: (chat: Chat) => void): void {
    const chat = this.chats.get(id);
    if (!chat) return;
    change(chat);
    this.reorder();
    this.#countUnread();
    this.tell({ type: 'chats', account: chat.account, chats: [id] });
    this.tell({ type: 'account', account: chat.account });
  }

  /** Puts a message at the end of a chat, as if it came or was sent just now. */
  add(id: ChatId, part: Partial<Message> & { text: string; out: boolean }): Message | undefined {
    const chat = this.chats.get(id);
    const history = this.history(id);
    const before = history.at(-1);
    if (!chat || !before) return undefined;
    const date = Math.max(Math.floor(Date.now() / 1000), before.date + 1);
    const person = chat.kind === 'person' || chat.kind === 'bot';
    const message: Message = {
      ...messageAt({ chat, count: 1, lastDate: date, gap: 60, language: 0 }, 0),
      kind: 'text',
      line: null,
      entities: [],
      id: before.id + 1,
      date,
      row: rowOf(date, id, before.id + 1),
      sender: part.out ? 900_000_000 : chat.peer,
      sender_name: part.out ? null : person ? chat.title : 'Grace Byrne',
      delivery: part.out ? 'sent' : 'received',
      reply: null,
      ...part,
    };
    history.push(message);
    this.tell({ type: 'messages', chat: id, change: 'added', rows: [message.row], live: true });
    this.change(id, (changed) => {
      changed.last = lastOf(message);
      if (!part.out) changed.unread += 1;
      this.unanswered.set(id, part.out ? null : (this.unanswered.get(id) ?? date));
      changed.marks.waiting_since = this.keeper.waitingSince(changed);
    });
    this.keeper.written(chat, part.out);
    return message;
  }

  /** A new outgoing message. */
  queue(chat: Chat, { text, entities }: RichText, replyTo: MessageId | null): Outgoing {
    const made: Outgoing = {
      id: this.#nextOutgoing++,
      account: chat.account,
      chat: chat.id,
      text,
      entities,
      reply_to: replyTo,
      created_ms: Date.now(),
      state: { state: 'queued' },
    };
    this.outgoing.set(made.id, made);
    return made;
  }

  /** Moves an outgoing message on and tells. */
  advance(id: OutgoingId, state: Outgoing['state']): void {
    const found = this.outgoing.get(id);
    if (!found) return;
    this.outgoing.set(id, { ...found, state });
    this.tell({ type: 'outgoing', chat: found.chat, outgoing: id });
  }

  /** Adds an account, as a finished login does. */
  addAccount(phone: string): AccountId {
    const id = Math.max(0, ...this.accounts.map((account) => account.id)) + 1;
    const [template] = makeAccounts(1, Date.now());
    if (template) {
      const position = this.accounts.length;
      this.accounts.push({
        ...template,
        id,
        name: 'New account',
        username: null,
        phone,
        position,
        unread: 0,
        user_id: 900_000_000 + id,
        colour: (id * 3) % 12,
      });
    }
    this.sync.set(id, {
      account: id,
      stage: 'dialogs',
      chats_done: 0,
      chats: 0,
      messages: 0,
      waiting_until_ms: null,
      paused: false,
      refused: 0,
      closed: 0,
    });
    this.tell({ type: 'account', account: id });
    return id;
  }

  /** Forgets an account and its chats. */
  removeAccount(id: AccountId): void {
    const index = this.accounts.findIndex((account) => account.id === id);
    if (index >= 0) this.accounts.splice(index, 1);
    for (const chat of this.chats.values()) if (chat.account === id) this.chats.delete(chat.id);
    this.sync.delete(id);
    this.keeper.chatsMoved();
    this.reorder();
    this.tell({ type: 'account', account: id });
    this.tell({ type: 'chats', account: id, chats: [] });
  }
}
