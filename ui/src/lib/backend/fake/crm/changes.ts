// What is done to chats, one or a hundred thousand of them, as one change.

import type { Calls, Chat, ChatChange, ChatId, DeedKind, Done } from '../../types';
import { refuse } from '../login';
import type { Keeper } from './keeper';
import type { Mark, Work } from './ledger';

const plain: Mark = { status: null, pinned_ms: null, snoozed_until_ms: null, unless_reply: false };

function isPlain({ status, pinned_ms, snoozed_until_ms }: Mark): boolean {
  return status === null && pinned_ms === null && snoozed_until_ms === null;
}

function mark(keeper: Keeper, work: Work, chat: ChatId, part: Partial<Mark>): boolean {
  const row = { ...plain, ...keeper.ledger.tables.mark.get(String(chat)), ...part };
  return work.put('mark', chat, isPlain(row) ? undefined : row);
}

/** Puts a tag onto a chat's person or the chat, or takes it off both. */
function tag(keeper: Keeper, work: Work, chat: Chat, id: number, on: boolean): boolean {
  const found = keeper.ledger.tables.tag.get(String(id));
  if (!found) throw refuse('not_found');
  const person = keeper.subjectOf(chat);
  const subjects = on ? [found.reach === 'person' ? person : -chat.id] : [person, -chat.id];
  let changed = false;
  for (const subject of subjects) {
    const row = on ? { subject, tag: id } : undefined;
    if (!work.put('tagged', `${subject} ${id}`, row)) continue;
    keeper.shows(work, subject);
    changed = true;
  }
  return changed;
}

function changeOne(keeper: Keeper, work: Work, chat: Chat, change: ChatChange): boolean {
  switch (change.do) {
    case 'tag':
    case 'untag':
      return tag(keeper, work, chat, change.to, change.do === 'tag');
    case 'status':
      return mark(keeper, work, chat.id, { status: change.to });
    case 'pin': {
      const before = chat.marks.pinned_ms;
      return mark(keeper, work, chat.id, { pinned_ms: change.to ? (before ?? Date.now()) : null });
    }
    case 'snooze':
      return mark(keeper, work, chat.id, {
        snoozed_until_ms: change.to?.until_ms ?? null,
        unless_reply: change.to?.unless_reply ?? false,
      });
  }
}

/** What the log calls a change, and what it was done with. */
function named(keeper: Keeper, change: ChatChange): [DeedKind, string | null] {
  const { tag, status } = keeper.ledger.tables;
  switch (change.do) {
    case 'tag':
    case 'untag':
      return [change.do === 'tag' ? 'tagged' : 'untagged', tag.get(String(change.to))?.name ?? null];
    case 'status': {
      if (change.to === null) return ['status_taken', null];
      const found = status.get(String(change.to));
      if (!found) throw refuse('not_found');
      return ['status_set', found.name || found.builtin];
    }
    case 'pin':
      return [change.to ? 'pinned' : 'unpinned', null];
    case 'snooze':
      return change.to ? ['snoozed', String(change.to.until_ms)] : ['unsnoozed', null];
  }
} // prettier-ignore

/** Does something to chats. */
export function changeChats(keeper: Keeper, { targets, change }: Calls['change_chats']['args']): Done {
  const [kind, what] = named(keeper, change);
  const ids = targets.in === 'list' ? keeper.world.keys(targets.of) : targets.of;
  const work = keeper.ledger.begin();
  let changed = 0;
  for (const id of ids) {
    if (!changeOne(keeper, work, keeper.chat(id), change)) continue;
    work.chats.add(id);
    changed += 1;
  }
  return keeper.finish(work, kind, what, changed);
} // prettier-ignore
