import { expect, test } from 'vitest';
import { loadMessages } from '../../src/lib/messages';
import {
  inHalves,
  timeForm,
  timeRead,
  timeStepped,
  timeWritten,
  withHalf,
} from '../../src/lib/shared/dayTime';
import { typed } from '../../src/lib/shared/digits';
import { time } from '../../src/lib/shared/format';
import { saidIn } from '../../src/lib/shared/locale.svelte';

await loadMessages('en');
const plain = (text: string) => text.replace(/\s/g, ' ');

test('a time is written as everywhere else: in halves of a day in English alone', () => {
  expect(plain(saidIn('en', () => timeWritten(14 * 60 + 5)))).toBe('2:05 PM');
  expect(saidIn('ru', () => timeWritten(14 * 60 + 5))).toBe('14:05');
  expect(saidIn('uk', () => timeWritten(9 * 60 + 5))).toBe('09:05');
  expect(saidIn('uk', () => timeWritten(1440))).toBe('00:00');
  expect(saidIn('en', () => timeWritten(845))).toBe(time(new Date(2024, 5, 1, 14, 5).getTime()));
  expect([saidIn('en', inHalves), saidIn('ru', inHalves), saidIn('uk', inHalves)]).toEqual([true, false, false]); // prettier-ignore
});

test.each([
  ['09:30', 570],
  ['9:30', 570],
  ['0930', 570],
  ['930', 570],
  ['9.30', 570],
  ['14:30', 870],
  ['2:30 PM', 870],
  ['2:30\u202fPM', 870],
  ['2:30pm', 870],
  ['2 p.m.', 840],
  ['12:00 AM', 0],
  ['12:15 PM', 735],
  ['14:30 PM', 870],
  ['14:30 AM', null],
  ['24:00', null],
  ['9:60', null],
  ['9', null],
  ['9:3', null],
  ['', null],
  ['noon', null],
])('%j reads as %j', (text, minute) => {
  expect(timeRead(text)).toBe(minute);
});

test('each part of a time goes round in itself', () => {
  expect(timeStepped(23 * 60 + 30, 'hour', 1)).toBe(30);
  expect(timeStepped(570, 'minute', -1)).toBe(569);
  expect(timeStepped(540, 'minute', -1)).toBe(599);
  expect(timeStepped(570, 'half', 1)).toBe(570 + 720);
});

test('the half of a day is put behind a time, and changed', () => {
  expect(withHalf('9:30', 'PM')).toBe('9:30 PM');
  expect(withHalf('9:30\u202fAM', 'PM')).toBe('9:30 PM');
});

test('minutes are typed before the half of a day', () => {
  const before = { text: '9:30 AM', from: 2, to: 4 };
  expect(typed(before, '4', timeForm)).toEqual({ text: '9:4 AM', from: 3, to: 3 });
  expect(typed({ text: '9:45 AM', from: 4, to: 4 }, '1', timeForm).text).toBe('9:45 AM');
});
