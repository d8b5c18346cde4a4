// The views that every workspace has: which chats each shows, and in which order.

import type { ChatFilter, Filter, GoneQuiet, Order } from '$lib/backend';

/** Their keys, in the order of the sidebar. */
export const builtinViews = [
  'all',
  'unread',
  'waiting_on_me',
  'waiting_on_them',
  'gone_quiet',
  'pinned',
  'snoozed',
  'people',
  'groups',
  'archive',
] as const;
export type BuiltinView = (typeof builtinViews)[number];

/** Who has gone quiet as long as the operator says nothing else. */
export const usualQuiet: GoneQuiet = { days: 30, whom: null };

/** What a list shows whatever its filter says, and how it is ordered unless somebody chose. */
export interface ListShape {
  filter: Filter | null;
  archived: boolean;
  order: Order;
}

const every = (...of: Filter[]): Filter => ({ has: 'every', of });
const not = (of: Filter): Filter => ({ has: 'not', of });

const person: Filter = { has: 'kind', of: 'person' };
/**
 * Who waits for the operator, as far as an expression can say it: promises that are overdue and
 * mentions that were read are beyond it.
 */
export const waitingOnMe: Filter = every(
  { has: 'waiting_on_me', of: 0 },
  not({ has: 'muted' }),
  not({ has: 'archived' }),
  not({ has: 'snoozed' }),
);

/** Who wrote last, was not answered, and has not written for so many days. */
export const letGo = (days: number): Filter =>
  every(person, { has: 'waiting_on_me', of: 0 }, { has: 'quiet_days', of: days }, not({ has: 'muted' })); // prettier-ignore
const plain: ListShape = { filter: null, archived: false, order: 'activity' };
const by = (filter: Filter, order: Order = 'activity'): ListShape => ({ ...plain, filter, order });

const shapes: Record<Exclude<BuiltinView, 'waiting_on_them' | 'gone_quiet'>, ListShape> = {
  all: plain,
  unread: by({ has: 'unread' }),
  // Who is in it and in which order comes from the program's own count of working hours.
  waiting_on_me: { ...plain, order: 'waiting' },
  pinned: by({ has: 'pinned' }),
  snoozed: by({ has: 'snoozed' }),
  people: by({ has: 'people' }),
  groups: by({ has: 'groups' }),
  archive: { ...plain, archived: true },
};

/** The shape of a view; who has gone quiet is the operator's to say. */
export function shapeOf(view: BuiltinView, { days, whom }: GoneQuiet): ListShape {
  const silent: Filter = { has: 'quiet_days', of: days };
  const quiet = whom ? every(whom, silent) : silent;
  switch (view) {
    case 'waiting_on_them':
      return by(every({ has: 'waiting_on_them', of: 0 }, not(quiet)), 'silent');
    // One's own notes fall silent for nobody.
    case 'gone_quiet':
      return by(every(person, quiet), 'silent');
    default:
      return shapes[view];
  }
}

/** Everything, hidden or not: what a filter that speaks of archive and snoozes lets through. */
const wherever: Filter[] = (['archived', 'snoozed'] as const).map((has) => ({
  has: 'any',
  of: [{ has }, not({ has })],
}));

/** All of several expressions; `null` where there is none. */
export function joined(parts: readonly (Filter | null)[]): Filter | null {
  const given = parts.filter((part) => part !== null);
  if (given.length < 2) return given[0] ?? null;
  return { has: 'every', of: given };
}

/** What the program is asked for. */
export function request(
  shape: ListShape,
  account: number | null,
  filter: Filter | null,
  order: Order,
): ChatFilter {
  const whole = joined([shape.filter, filter]);
  return {
    ...(account === null ? {} : { account }),
    unread: false,
    archived: shape.archived,
    people: false,
    groups: false,
    ...(whole === null ? {} : { filter: whole }),
    order,
  };
}

/** The same among all chats, also those that lists hide. */
export function anywhere(account: number | null, filter: Filter | null, order: Order): ChatFilter {
  const shape = { filter: { has: 'every', of: wherever } as Filter, archived: false, order };
  return request(shape, account, filter, order);
}

/** Whether an expression speaks of something anywhere. */
export function speaksOf(filter: Filter | null, has: readonly Filter['has'][]): boolean {
  if (!filter) return false;
  if (filter.has === 'every' || filter.has === 'any') return filter.of.some((part) => speaksOf(part, has)); // prettier-ignore
  return filter.has === 'not' ? speaksOf(filter.of, has) : has.includes(filter.has);
}
