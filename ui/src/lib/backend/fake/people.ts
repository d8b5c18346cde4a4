// The table of people and the messages with one of them, as the program answers for them.

import type { Chat, ChatId, FieldValue, PeopleSort, PersonRow, TimelineMark } from '../types';
import type { Answers } from './answers';
import { isMuted } from './crm/filters';
import { refuse } from './login';
import { isNamed } from './reads';
import type { World } from './world';

type Key = number | string | null;

/** Numbers and amounts by their size, before any text. */
function compare(a: Exclude<Key, null>, b: Exclude<Key, null>): number {
  const [first, second] = [Number.parseFloat(`${a}`), Number.parseFloat(`${b}`)];
  const [isFirst, isSecond] = [Number.isFinite(first), Number.isFinite(second)];
  if (isFirst && isSecond) return first - second;
  if (isFirst !== isSecond) return isFirst ? -1 : 1;
  const [one, other] = [`${a}`.toLowerCase(), `${b}`.toLowerCase()];
  return one === other ? 0 : one < other ? -1 : 1;
}

class People {
  constructor(private readonly world: World) {}

  valuesOf(chat: Chat): FieldValue[] {
    return this.world.keeper.values(chat);
  }

  /** Every chat with the same person, the one in which something happened last first. */
  chatsWith(chat: Chat): Chat[] {
    const { keeper, chats } = this.world;
    return keeper
      .chatsOf(keeper.subjectOf(chat))
      .flatMap((id) => chats.get(id) ?? [])
      .toSorted((a, b) => (b.last?.date ?? 0) - (a.last?.date ?? 0));
  }

  #key(chat: Chat, sort: PeopleSort): Key {
    switch (sort.by) {
      case 'name':
        return chat.title.toLowerCase();
      case 'waiting': {
        const now = Date.now();
        return isMuted(chat, now) || this.world.keeper.isLetGo(chat, now) ? null : chat.marks.waiting_since; // prettier-ignore
      }
      case 'status': {
        const at = this.world.keeper.ledger.placed('status').findIndex(({ id }) => id === chat.marks.status); // prettier-ignore
        return at < 0 ? null : at;
      }
      case 'tags': {
        const at = this.world.keeper.ledger.placed('tag').findIndex(({ id }) => chat.marks.tags.includes(id)); // prettier-ignore
        return at < 0 ? null : at;
      }
      case 'due':
        return chat.marks.next_due_ms;
      case 'field':
        return this.valuesOf(chat).find(({ field }) => field === sort.field)?.value ?? null;
      default:
        return chat.last?.date ?? null;
    }
  }

  /** Peers whom these words find, in any of the chats with them. */
  #named(words: string): Set<number> {
    const found = [...this.world.chats.values()].filter((chat) => isNamed(this.world, chat, words));
    return new Set(found.map(({ peer }) => peer));
  }

  keys(keys: readonly ChatId[], words: string, sort: PeopleSort, down: boolean): ChatId[] {
    const named = words.trim() === '' ? null : this.#named(words);
    const newest = new Map<number, Chat>();
    for (const id of keys) {
      const chat = this.world.chats.get(id);
      if (chat?.kind !== 'person' || named?.has(chat.peer) === false) continue;
      const known = newest.get(chat.peer);
      if (!known || (known.last?.date ?? 0) < (chat.last?.date ?? 0)) newest.set(chat.peer, chat);
    }
    return [...newest.values()]
      .map((chat) => ({ chat, key: this.#key(chat, sort) }))
      .toSorted((a, b) => {
        const last = (b.chat.last?.date ?? 0) - (a.chat.last?.date ?? 0);
        if (a.key === null || b.key === null)
          return Number(a.key === null) - Number(b.key === null) || last;
        return (down ? compare(b.key, a.key) : compare(a.key, b.key)) || last;
      })
      .map(({ chat }) => chat.id);
  }

  rows(ids: readonly ChatId[]): PersonRow[] {
    return ids.flatMap((id) => {
      const chat = this.world.chats.get(id);
      if (!chat) return [];
      const chats = this.chatsWith(chat).map((other) => other.id);
      return [{ chat: { ...chat }, values: this.valuesOf(chat), chats }];
    });
  }

  timeline(id: ChatId, older: readonly TimelineMark[], limit: number) {
    const chat = this.world.chats.get(id);
    if (!chat) throw refuse('not_found');
    const first = this.chatsWith(chat).map((other) => ({ chat: other.id, before: 2 ** 31 - 1 }));
    const marks = older.length > 0 ? older : first;
    const all = marks
      .flatMap((mark) => this.world.history(mark.chat).filter(({ id: at }) => at < mark.before))
      .toSorted((a, b) => b.row - a.row);
    const page = all.slice(0, limit);
    const at = (mark: TimelineMark) => page.findLast((message) => message.chat === mark.chat)?.id;
    return {
      messages: page,
      older: all.length > limit ? marks.map((mark) => ({ ...mark, before: at(mark) ?? mark.before })) : [], // prettier-ignore
    };
  }
}

/** Its calls. */
export function peopleAnswers(world: World) {
  const people = new People(world);
  return {
    people: ({ filter, words, sort, down }) => people.keys(world.keys(filter), words, sort, down),
    people_rows: ({ chats }) => people.rows(chats),
    timeline: ({ chat, older, limit }) => people.timeline(chat, older, limit),
  } satisfies Partial<Answers>;
}
