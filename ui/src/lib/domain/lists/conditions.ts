// What a list can be narrowed by, and how each is said.

import type { ChatKind, FieldId, FieldTest, Filter, MediaKind, Side } from '$lib/backend';
import { m } from '$lib/messages';
import { count, fullDate, hoursOf } from '$lib/shared/format';
import { isGroup, type Leaf, type Part } from './tree';

export type Condition = Exclude<Filter['has'], 'every' | 'any' | 'not'>;

/** Conditions in the order in which they are offered; certain chats come from Telegram's folders only. */
export const conditions: readonly Condition[] = [
  'tag', 'status', 'account', 'unread', 'waiting_on_me', 'waiting_on_them', 'quiet_days',
  'last_from', 'since', 'before', 'media', 'kind', 'people', 'contact', 'groups', 'mentioned', 'field', 'tasks', 'due', 'noted', 'tagged',
  'pinned', 'snoozed', 'draft', 'muted', 'archived',
]; // prettier-ignore

/** Name of a condition, alone or before its value. */
export function conditionName(condition: Condition): string {
  const names: Record<Condition, () => string> = {
    account: m.cond_account, kind: m.cond_kind, people: m.cond_people, groups: m.cond_groups,
    tag: m.cond_tag, tagged: m.cond_tagged, status: m.cond_status, unread: m.cond_unread,
    mentioned: m.cond_mentioned, muted: m.cond_muted, archived: m.cond_archived,
    pinned: m.cond_pinned, snoozed: m.cond_snoozed, draft: m.cond_draft,
    waiting_on_me: m.cond_waiting_on_me, waiting_on_them: m.cond_waiting_on_them,
    quiet_days: m.cond_quiet, since: m.cond_since, before: m.cond_before, noted: m.cond_noted,
    tasks: m.cond_tasks, due: m.cond_due, field: m.cond_field, peers: m.cond_peers,
    contact: m.cond_contact, last_from: m.cond_last_from, media: m.cond_media,
  }; // prettier-ignore
  return names[condition]();
}

/** Names of what conditions speak of. */
export interface Names {
  account: (id: number) => string;
  tag: (id: number) => string;
  status: (id: number | null) => string;
  field: (id: number) => string;
  value: (field: number, text: string) => string;
}

export const kinds: readonly ChatKind[] = ['person', 'bot', 'group', 'supergroup', 'channel', 'saved']; // prettier-ignore

/** Name of a kind of chat. */
export function kindName(kind: ChatKind): string {
  const names = {
    person: m.kind_one_person, bot: m.kind_one_bot, saved: m.kind_one_saved, group: m.kind_one_group,
    supergroup: m.kind_one_supergroup, channel: m.kind_one_channel,
  }; // prettier-ignore
  return names[kind]();
}

export const sides: readonly Side[] = ['me', 'them'];

/** Whose a message is. */
export function sideName(side: Side): string {
  return { me: m.side_me, them: m.side_them }[side]();
}

export const mediaKinds: readonly MediaKind[] = ['photo', 'video', 'voice', 'audio', 'file'];

/** Name of a kind of media. */
export function mediaName(kind: MediaKind): string {
  const names = {
    photo: m.media_photo, video: m.media_video, voice: m.media_voice, audio: m.media_audio,
    file: m.media_file,
  }; // prettier-ignore
  return names[kind]();
}

const DAY_MINUTES = 1440;

/** "2 hr", "3 days": how long at least. */
export function spanName(minutes: number): string {
  const days = minutes / DAY_MINUTES;
  if (days >= 2 && Number.isInteger(days)) return m.days_n({ count: days, shown: count(days) });
  return hoursOf(minutes);
}

function testName([field, test]: [FieldId, FieldTest], names: Names): string {
  switch (test.is) {
    case 'set':
      return m.test_set();
    case 'equal':
      return `= ${names.value(field, test.to)}`;
    case 'contains':
      return m.test_contains({ text: test.to });
    case 'at_least':
      return `≥ ${names.value(field, test.to)}`;
    case 'at_most':
      return `≤ ${names.value(field, test.to)}`;
  }
}

/** What a condition says beside its name; `null` where its name says all. */
function valueName(filter: Filter, names: Names): string | null {
  switch (filter.has) {
    case 'account':
      return names.account(filter.of);
    case 'kind':
      return kindName(filter.of);
    case 'tag':
      return names.tag(filter.of);
    case 'status':
      return names.status(filter.of);
    case 'waiting_on_me':
    case 'waiting_on_them':
      return filter.of === 0 ? null : m.at_least({ what: spanName(filter.of) });
    case 'peers':
      return m.chats_n({ count: filter.of.length, shown: count(filter.of.length) });
    case 'quiet_days':
      return m.at_least({ what: m.days_n({ count: filter.of, shown: count(filter.of) }) });
    case 'last_from':
      return sideName(filter.of);
    case 'media':
      return filter.of && mediaName(filter.of);
    case 'since':
    case 'before':
      return fullDate(filter.of * 1000);
    case 'field':
      return testName(filter.of, names);
    default:
      return null;
  }
}

/** A condition in words: its name, and its values. */
export function leafWords(leaf: Leaf, names: Names): { name: string; value: string | null } {
  const [first] = leaf.of;
  if (!first || first.has === 'every' || first.has === 'any' || first.has === 'not') {
    return { name: '', value: null };
  }
  const name = first.has === 'field' ? names.field(first.of[0]) : conditionName(first.has);
  const values = leaf.of.map((filter) => valueName(filter, names)).filter((value) => value !== null); // prettier-ignore
  return { name, value: values.length > 0 ? values.join(m.or_between()) : null };
}

/** What conditions name that was deleted, each once: "deleted tag, deleted field". */
export function goneWords(filters: readonly Filter[], names: Names): string {
  const said = filters.map((filter) => (filter.has === 'field' ? names.field(filter.of[0]) : valueName(filter, names))); // prettier-ignore
  return [...new Set(said)].join(', ');
}

/** What a condition begins with; `null` where a value has to be chosen first. */
export function begun(condition: Condition, now: number): Filter | null {
  const day = 86_400;
  const today = Math.floor(new Date(now).setHours(0, 0, 0, 0) / 1000);
  switch (condition) {
    case 'account':
    case 'kind':
    case 'tag':
    case 'status':
    case 'field':
    case 'peers':
    case 'last_from':
    case 'media':
      return null;
    case 'waiting_on_me':
    case 'waiting_on_them':
      return { has: condition, of: 0 };
    case 'quiet_days':
      return { has: condition, of: 30 };
    case 'since':
      return { has: condition, of: today - 7 * day };
    case 'before':
      return { has: condition, of: today };
    default:
      return { has: condition };
  }
}

/** A filter in words: "Unread and (Tag: VIP or Tag: Wholesale)". */
export function filterWords(part: Part, names: Names, inner = false): string {
  const not = part.not ? `${m.cond_not_short()} ` : '';
  if (!isGroup(part)) {
    const { name, value } = leafWords(part, names);
    return not + (value === null ? name : `${name}: ${value}`);
  }
  const word = part.join === 'every' ? m.join_and() : m.join_or();
  const said = part.parts.map((one) => filterWords(one, names, true)).join(` ${word} `);
  return inner && part.parts.length > 1 ? `${not}(${said})` : not + said;
}
