// What an account went through in 30 days, as stretches of a bar and rows of a table.

import type { AccountState, HealthEntry } from '$lib/backend';

/** How an account did: what a stretch of the bar shows. */
export type Doing = 'unknown' | 'online' | 'off' | 'waiting' | 'trouble';

/** In the order of the legend. */
export const doings: readonly Doing[] = ['online', 'waiting', 'trouble', 'off', 'unknown'];

/** A time in which it did one thing, in Unix milliseconds. */
export interface Stretch {
  from: number;
  to: number;
  doing: Doing;
}

/** Days that the bar shows. */
export const DAYS = 30;
const SPAN_MS = DAYS * 86_400_000;

/** What a state counts as. `connecting` stands for "not running" in the record. */
export function doingOf(state: AccountState): Doing {
  switch (state.state) {
    case 'online':
      return 'online';
    case 'waiting':
      return 'waiting';
    case 'connecting':
      return 'off';
    default:
      return 'trouble';
  }
}

/** The stretches of the last 30 days, oldest first, without gaps between them. */
export function stretches(timeline: readonly HealthEntry[], now: number): Stretch[] {
  const start = now - SPAN_MS;
  const found: Stretch[] = [{ from: start, to: now, doing: 'unknown' }];
  for (const entry of timeline.toSorted((a, b) => a.at_ms - b.at_ms)) {
    if (entry.event !== 'state') continue;
    const at = Math.min(now, Math.max(start, entry.at_ms));
    const doing = doingOf(entry.to);
    const last = found.at(-1);
    if (last?.doing === doing) continue;
    if (last) last.to = at;
    found.push({ from: at, to: now, doing });
  }
  return found.filter(({ from, to }) => to > from);
}

/** Share of the time spent on each, in 0..1; only what there was. */
export function shares(parts: readonly Stretch[]): { doing: Doing; share: number }[] {
  const all = parts.reduce((sum, { from, to }) => sum + to - from, 0);
  return doings
    .map((doing) => ({
      doing,
      share:
        parts.reduce((sum, part) => (part.doing === doing ? sum + part.to - part.from : sum), 0) /
        (all || 1),
    })) // prettier-ignore
    .filter(({ share }) => share > 0);
}

/** Place of a moment on the bar, in 0..1. */
export function place(at: number, now: number): number {
  return Math.min(1, Math.max(0, 1 - (now - at) / SPAN_MS));
}
