import { expect, test } from 'vitest';
import { dateForm, dayInto, dayRead, dayStepped, dayWritten } from '../../src/lib/shared/dayText';
import { typed, type Typing } from '../../src/lib/shared/digits';

test('a day is written in the order of the language', () => {
  expect(dayWritten('1990-05-17', 'en')).toBe('05/17/1990');
  expect(dayWritten('1990-05-17', 'ru')).toBe('17.05.1990');
  expect(dayWritten('1990-05-17', 'uk')).toBe('17.05.1990');
  expect(dayWritten('', 'en')).toBe('');
  expect(dayWritten('in spring', 'en')).toBe('in spring');
});

test.each([
  ['en', '05/17/1990', '1990-05-17'],
  ['en', '5/7/1990', '1990-05-07'],
  ['en', '05171990', '1990-05-17'],
  ['en', '17/05/1990', null],
  ['ru', '17.05.1990', '1990-05-17'],
  ['ru', ' 7 / 5 / 1990 ', '1990-05-07'],
  ['uk', '17051990', '1990-05-17'],
  ['uk', '05.17.1990', null],
  ['ru', '1990-05-17', '1990-05-17'],
  ['en', '1990-05-17', '1990-05-17'],
  ['en', '', ''],
  ['en', '05/17', null],
  ['en', '05/17/90', null],
  ['ru', '29.02.2023', null],
  ['ru', '29.02.2024', '2024-02-29'],
  ['ru', '31.12.1899', null],
  ['ru', '01.01.1900', '1900-01-01'],
  ['ru', '31.12.2100', '2100-12-31'],
  ['ru', '01.01.2101', null],
  ['ru', '00.01.2000', null],
  ['ru', 'soon', null],
])('%s reads %j as %j', (language, text, day) => {
  expect(dayRead(text, language)).toBe(day);
});

test('what was typed is turned into the order of another language, whole or not', () => {
  expect(dayInto('05/17/1990', 'en', 'ru')).toBe('17.05.1990');
  expect(dayInto('05/1', 'en', 'uk')).toBe('1.05');
  expect(dayInto('17.05.1990', 'uk', 'en')).toBe('05/17/1990');
  expect(dayInto('', 'uk', 'en')).toBe('');
});

test('a part of a day goes round in itself', () => {
  expect(dayStepped('2024-02-29', 'day', 1)).toBe('2024-02-01');
  expect(dayStepped('2024-01-31', 'month', 1)).toBe('2024-02-29');
  expect(dayStepped('2024-02-29', 'year', 1)).toBe('2025-02-28');
  expect(dayStepped('2100-06-01', 'year', 1)).toBe('1900-06-01');
  expect(dayStepped('2024-01-01', 'month', -1)).toBe('2024-12-01');
});

/** A text with what is selected between brackets, or the caret as a bar. */
function shown({ text, from, to }: Typing): string {
  const selected = from === to ? '|' : `[${text.slice(from, to)}]`;
  return text.slice(0, from) + selected + text.slice(to);
}
function at(marked: string): Typing {
  const from = marked.search(/[[|]/);
  const text = marked.replace(/[[\]|]/g, '');
  return { text, from, to: marked.includes('|') ? from : marked.indexOf(']') - 1 };
}
const type = (from: string, keys: string, language: string) =>
  shown([...keys].reduce((typing, key) => typed(typing, key, dateForm(language)), at(from)));

test.each([
  ['goes on by itself', 'ru', '|', '1705', '17.05.|'],
  ['in the order of the language', 'en', '|', '05171990', '05/17/1990|'],
  ['the first mark typed is not doubled', 'ru', '|', '17.05.1990', '17.05.1990|'],
  ['a mark ends a part before it is full', 'ru', '|', '7.', '07.|'],
  ['any mark does', 'en', '|', '5-7 1990', '05/07/1990|'],
  ['a digit that no number begins with is all of it', 'ru', '|', '45', '04.05.|'],
  ['more digits than there is room for', 'ru', '17.05.1990|', '12', '17.05.1990|'],
  ['a letter has no place', 'ru', '17.|', 'x', '17.|'],
  ['over a selected part', 'ru', '[17].05.1990', '08', '08.[05].1990'],
  ['over all of it', 'ru', '[17.05.1990]', '0108', '01.08.|'],
  ['over the digits of a full part', 'ru', '|17.05.1990', '08', '08.[05].1990'],
  ['from the end of a full part into the next', 'ru', '17|.05.1990', '12', '17.12.[1990]'],
  ['after a mark was taken away', 'ru', '17|', '0', '17.0|'],
  ['into a part that was emptied', 'ru', '17.|.1990', '12', '17.12.[1990]'],
])('digits typed: %s', (_, language, before, keys, after) => {
  expect(type(before, keys, language)).toBe(after);
});
