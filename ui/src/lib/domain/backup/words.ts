// Backups in words.

import { m } from '$lib/messages';
import { count } from '$lib/shared/format';

/** Times between backups that are offered, in hours. */
const OFFERED = [6, 12, 24, 48, 168];

/** Those, and the one that is set. */
export function everyOffered(set: number): number[] {
  return [...new Set([...OFFERED, set])].toSorted((a, b) => a - b);
}

/** "Every 6 hours", "Every day". */
export function everyName(hours: number): string {
  if (hours % 24 !== 0) return m.every_hours_n({ count: hours, shown: count(hours) });
  return m.every_days_n({ count: hours / 24, shown: count(hours / 24) });
}

/** The folder and the name of a path, on any system. */
export function partsOf(path: string): { folder: string; name: string } {
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  return { folder: path.slice(0, Math.max(0, at)), name: path.slice(at + 1) };
}
