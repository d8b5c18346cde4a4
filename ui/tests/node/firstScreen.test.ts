import { expect, test } from 'vitest';
import type { Message } from '../../src/lib/backend';
import { firstScreen } from '../../src/lib/domain/message/firstScreen';
import type { Placed } from '../../src/lib/domain/message/grouping';

/** Messages of a line each, at least 34 pixels high. */
const lines = (count: number, text = 'a line'): Placed[] =>
  Array.from({ length: count }, (_, row) => ({
    message: { row, kind: 'text', text } as Message,
    newDay: false,
    newUnread: false,
    first: true,
    last: true,
  }));
const rows = (placed: readonly Placed[]) => placed.map(({ message }) => message.row);

test('the last messages that fill the window come first', () => {
  expect(rows(firstScreen(lines(30), 340, null, 0.15))).toEqual([20, 21, 22, 23, 24, 25, 26, 27, 28, 29]); // prettier-ignore
});

test('all of them where they do not fill it', () => {
  expect(firstScreen(lines(5), 340, null, 0.15)).toHaveLength(5);
  expect(firstScreen([], 340, null, 0.15)).toHaveLength(0);
});

test('long texts fill it sooner', () => {
  expect(firstScreen(lines(30, 'word '.repeat(100)), 340, null, 0.15)).toHaveLength(3);
  expect(firstScreen(lines(30, 'a\n'.repeat(9)), 340, null, 0.15)).toHaveLength(2);
});

test('around a message, what is above it, what is below, and a little more', () => {
  // 68 pixels above, 272 below: two rows, eight with its own, three more.
  expect(rows(firstScreen(lines(60), 340, 30, 0.2))).toEqual([28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40]); // prettier-ignore
});

test('near the last message the window is filled from above', () => {
  const shown = rows(firstScreen(lines(30), 340, 28, 0.2));
  expect(shown).toEqual([20, 21, 22, 23, 24, 25, 26, 27, 28, 29]);
});

test('the first message of all', () => {
  expect(rows(firstScreen(lines(30), 340, 0, 0.2)).at(0)).toBe(0);
});
