// How messages stand together: days, groups of one sender, the line where the unread begin.

import type { Message, RowId } from '$lib/backend';
import { sameDay } from '$lib/shared/format';

/** Messages of one sender closer than this stand as a group. */
const GROUP_SECONDS = 300;

/** A message and its place among its neighbours. */
export interface Placed {
  message: Message;
  /** First of its day: a heading stands before it. */
  newDay: boolean;
  /** First unread: a line stands before it. */
  newUnread: boolean;
  /** First and last of a group of one sender. */
  first: boolean;
  last: boolean;
}

function together(a: Message, b: Message): boolean {
  return (
    a.chat === b.chat &&
    a.out === b.out &&
    a.sender === b.sender &&
    a.kind !== 'service' &&
    b.kind !== 'service' &&
    b.date - a.date < GROUP_SECONDS &&
    sameDay(a.date, b.date)
  );
}

/** Places messages, oldest first. */
export function placeMessages(messages: readonly Message[], firstUnread: RowId | null): Placed[] {
  return messages.map((message, index) => {
    const before = messages[index - 1];
    const after = messages[index + 1];
    const newUnread = message.row === firstUnread;
    return {
      message,
      newDay: !before || !sameDay(before.date, message.date),
      newUnread,
      first: !before || newUnread || !together(before, message),
      last: !after || after.row === firstUnread || !together(message, after),
    };
  });
}
