import type { Chat, ChatFilter, ChatId, Filter, StatusId, TagId, Targets } from '$lib/backend';
import { snoozedUntil } from '$lib/domain/chat/marks';
import { anywhere, joined, speaksOf } from '$lib/domain/lists/builtin';
import type { App } from './app.svelte';
import { knownOf } from './targets';

/** How many of the chats that are meant have a mark. */
export type Share = 'all' | 'some' | 'none';

/** A mark that chats may have: how lists speak of it, and how it is seen on a chat. */
export interface Mark {
  filter: Filter;
  on: (chat: Chat) => boolean;
}

export const tagged = (tag: TagId): Mark => ({
  filter: { has: 'tag', of: tag },
  on: ({ marks }) => marks.tags.includes(tag),
});
export const inStatus = (status: StatusId | null): Mark => ({
  filter: { has: 'status', of: status },
  on: ({ marks }) => marks.status === status,
});
export const pinned: Mark = {
  filter: { has: 'pinned' },
  on: ({ marks }) => marks.pinned_ms !== null,
};
export const snoozed: Mark = {
  filter: { has: 'snoozed' },
  on: (chat) => snoozedUntil(chat, Date.now()) !== null,
};

/** Lists that the program counts with one call. */
const AT_ONCE = 200;

const share = (having: number, of: number): Share =>
  having === 0 ? 'none' : having < of ? 'some' : 'all';

/** The chats that are meant, where each of them is known here. */
function wholly(app: App, targets: Targets): Chat[] | null {
  if (targets.in === 'list') return null;
  const known = knownOf(app, targets);
  return known.length === targets.of.length ? known : null;
}

/** A list that shows nobody who is snoozed would show them as soon as it were asked for them. */
function hides(list: ChatFilter, mark: Mark): boolean {
  if (mark.filter.has !== 'snoozed' || list.archived) return false;
  return !speaksOf(list.filter ?? null, ['snoozed']);
}

async function countList(app: App, list: ChatFilter, marks: readonly Mark[]): Promise<Share[]> {
  const asked = marks.filter((mark) => !hides(list, mark));
  const narrowed = asked.map(({ filter }): ChatFilter => {
    const both = joined([list.filter ?? null, filter]);
    return both ? { ...list, filter: both } : list;
  });
  const lists = [list, ...narrowed];
  const calls = [];
  for (let at = 0; at < lists.length; at += AT_ONCE)
    calls.push(app.backend.call('chat_counts', { lists: lists.slice(at, at + AT_ONCE) }));
  const [whole, ...counts] = (await Promise.all(calls)).flat();
  const having = new Map(asked.map((mark, at) => [mark, counts[at]?.chats ?? 0]));
  return marks.map((mark) => share(having.get(mark) ?? 0, whole?.chats ?? 0));
}

/** Of chats that were named, not all of which were read: those among all that have the mark. */
async function countNamed(app: App, ids: readonly ChatId[], { filter }: Mark): Promise<Share> {
  const keys = await app.backend.call('chat_keys', { filter: anywhere(null, filter, 'activity') });
  const having = new Set(keys);
  return share(ids.filter((id) => having.has(id)).length, ids.length);
}

async function count(app: App, targets: Targets, marks: readonly Mark[]): Promise<Share[]> {
  if (targets.in === 'list') return countList(app, targets.of, marks);
  return Promise.all(marks.map((mark) => countNamed(app, targets.of, mark)));
}

/** How many of the chats have a mark. */
export async function shareOf(app: App, targets: Targets, mark: Mark): Promise<Share> {
  const known = wholly(app, targets);
  if (known) return share(known.filter(mark.on).length, known.length);
  const [counted = 'none'] = await count(app, targets, [mark]);
  return counted;
}

/** How many of the chats that a picker is about have each of several marks. */
export class Shares {
  #counted = $state.raw<ReadonlyMap<string, Share>>(new Map());
  #counting: Promise<void> = Promise.resolve();

  constructor(
    private readonly app: App,
    private readonly targets: Targets,
  ) {}

  /** Where not every chat is known here, it says "none" until it is counted. */
  of(mark: Mark): Share {
    const known = wholly(this.app, this.targets);
    if (known) return share(known.filter(mark.on).length, known.length);
    return this.#counted.get(keyOf(mark)) ?? 'none';
  }

  /** The same, once it is counted. */
  async known(mark: Mark): Promise<Share> {
    await this.#counting;
    return this.of(mark);
  }

  /** Counts these marks where that can not be seen here. */
  count(marks: readonly Mark[]): void {
    if (marks.length === 0 || wholly(this.app, this.targets)) return;
    this.#counting = this.#count(marks).catch(this.app.report);
  }

  /** Shows what a change will have done. */
  assume(mark: Mark, to: Share): void {
    this.#counted = new Map([...this.#counted, [keyOf(mark), to]]);
  }

  async #count(marks: readonly Mark[]): Promise<void> {
    const counted = await count(this.app, this.targets, marks);
    const shares = marks.map((mark, at): [string, Share] => [keyOf(mark), counted[at] ?? 'none']);
    this.#counted = new Map([...this.#counted, ...shares]);
  }
}

const keyOf = ({ filter }: Mark): string => JSON.stringify(filter);
