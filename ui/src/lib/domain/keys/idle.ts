// How long nobody touches the window before it locks, in words.

import { m } from '$lib/messages';
import { count } from '$lib/shared/format';

/** Idle times that are offered, in minutes; 0 for never. */
const OFFERED = [0, 1, 5, 15, 30, 60, 240];

/** Those, and the one that is set. */
export function idleOffered(set: number): number[] {
  return [...new Set([...OFFERED, set])].toSorted((a, b) => a - b);
}

/** "Never", "After 5 minutes", "After 1 hour". */
export function idleName(minutes: number): string {
  if (minutes === 0) return m.lock_never();
  if (minutes % 60 !== 0) return m.lock_minutes_n({ count: minutes, shown: count(minutes) });
  return m.lock_hours_n({ count: minutes / 60, shown: count(minutes / 60) });
}
