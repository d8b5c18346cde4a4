// What a chat's marks mean at a moment.

import type { Chat } from '$lib/backend';

const WEEK_MS = 7 * 86_400_000;

/** Until when a chat is out of sight; `null` where it is not. */
export function snoozedUntil({ marks }: Chat, now: number): number | null {
  const until = marks.snoozed_until_ms;
  return until !== null && until > now ? until : null;
}

/** Whether Telegram mutes a chat now. A mute that has run out is told by nobody. */
export function isMuted({ muted_until }: Pick<Chat, 'muted_until'>, now: number): boolean {
  return muted_until !== null && muted_until > Math.floor(now / 1000);
}

/** Since when somebody waits for the operator: people only, and none that Telegram mutes. */
export function waitingSince(chat: Chat, now: number): number | null {
  const since = chat.marks.waiting_since;
  if (since === null || chat.kind !== 'person' || isMuted(chat, now)) return null;
  return since * 1000 <= now ? since * 1000 : null;
}

/** The next thing to do within a week, and whether its time is over. */
export function dueOf({ marks }: Chat, now: number): { ms: number; late: boolean } | null {
  const due = marks.next_due_ms;
  return due !== null && due < now + WEEK_MS ? { ms: due, late: due <= now } : null;
}

/** Whether a row has a third line; `wait`: whether that line says how long somebody waits. */
export function hasMarks(chat: Chat, now: number, wait = true): boolean {
  const { tags, status } = chat.marks;
  return (
    tags.length > 0 ||
    status !== null ||
    snoozedUntil(chat, now) !== null ||
    dueOf(chat, now) !== null ||
    (wait && waitingSince(chat, now) !== null)
  );
}
