import { expect, test } from 'vitest';
import { fuzzy } from '../../src/lib/shared/fuzzy';

const best = (typed: string, ...texts: string[]) =>
  texts
    .map((text) => ({ text, match: fuzzy(typed, text) }))
    .filter(({ match }) => match !== null)
    .sort((a, b) => (b.match?.score ?? 0) - (a.match?.score ?? 0))
    .map(({ text }) => text);

test.each([
  ['dark', 'Dark theme'],
  ['theme dark', 'Dark theme'],
  ['dt', 'Dark theme'],
  ['gset', 'Go to settings'],
  ['stngs', 'Go to settings'],
  ['еще', 'Показать ещё'],
  ['тем тем', 'Тёмная тема'],
  ['', 'Anything'],
])('“%s” means “%s”', (typed, text) => expect(fuzzy(typed, text)).not.toBeNull());

test.each([
  ['dark', 'Light theme'],
  ['theme x', 'Dark theme'],
  ['kd', 'Dark theme'],
  ['ae', 'Dark theme'],
  ['ght', 'Show nothing here to see'],
])('“%s” does not mean “%s”', (typed, text) => expect(fuzzy(typed, text)).toBeNull());

test('the start of a word comes before its middle, that before scattered letters', () => {
  expect(best('un', 'Pin or unpin', 'Undo', 'Find in account', 'Up and never')).toEqual([
    'Undo',
    'Pin or unpin',
    'Find in account',
    'Up and never',
  ]);
});

test('the shorter of two comes first', () => {
  expect(best('search', 'Search everywhere and more', 'Search')[0]).toBe('Search');
});

test('it says which letters were meant', () => {
  expect(fuzzy('go set', 'Go to settings')?.at).toEqual([0, 1, 6, 7, 8]);
  expect(fuzzy('dth', 'Dark theme')?.at).toEqual([0, 5, 6]);
});
