// Which messages a conversation is first drawn with: as many as fill its window. The others follow in
// the next frame, since most of what opening a chat costs is by the message.

import type { Placed } from './grouping';

/** Characters of a line at the least: a bubble is no wider than this many narrow ones. */
const LINE_CHARACTERS = 90;
const LINE = 20;
const ROW = 34;
const NOTICE = 30;
/** At the least, in a narrow window. */
const PHOTO = 80;
/** Rows that follow below what is in sight, so that the end of these is not taken for the end of all. */
const BELOW = 3;

/** How high a message is at the least, in pixels at the normal size of text. */
function leastHeight({ message }: Placed): number {
  if (message.kind === 'service') return NOTICE;
  const breaks = message.text.split('\n').length;
  const lines = Math.max(breaks, Math.ceil(message.text.length / LINE_CHARACTERS));
  return ROW + (lines - 1) * LINE + (message.kind === 'photo' ? PHOTO : 0);
}

/** How many of these fill a height, from the first one on; all where they do not. */
function filling(placed: readonly Placed[], height: number): number {
  let sum = 0;
  const at = placed.findIndex((one) => (sum += leastHeight(one)) >= height);
  return at < 0 ? placed.length : at + 1;
}

/**
 * Those that fill a window of this height: up to the last message, or around the one with the index
 * `target`, of which `above` of the height stands above it.
 */
export function firstScreen(
  placed: readonly Placed[],
  height: number,
  target: number | null,
  above: number,
): readonly Placed[] {
  const before = (end: number, room: number) => end - filling(placed.slice(0, end).toReversed(), room); // prettier-ignore
  if (target === null) return placed.slice(before(placed.length, height));
  const end = target + filling(placed.slice(target), height * (1 - above)) + BELOW;
  // Near the last message the window shows more of what stands before.
  if (end >= placed.length) return placed.slice(Math.min(before(target, height * above), before(placed.length, height))); // prettier-ignore
  return placed.slice(before(target, height * above), end);
}
