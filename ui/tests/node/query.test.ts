import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { daysOf, minutesOf } from '../../src/lib/domain/search/spans';
import { dayOf, openEnd, operatorsLike, parse, quoted, without, type Group } from '../../src/lib/domain/search/query'; // prettier-ignore

test('words and operators are told apart, values may be quoted and Cyrillic', () => {
  const { words, typed, unknown } = parse('счёт tag:VIP from:"Олена Ковальчук" за tag:"Постійні клієнти"');
  expect(words).toBe('счёт за');
  expect(typed.map(({ operator, value }) => [operator, value])).toEqual([
    ['tag', 'VIP'], ['from', 'Олена Ковальчук'], ['tag', 'Постійні клієнти'],
  ]);
  expect(unknown).toEqual([]);
}); // prettier-ignore

test('an operator that does not exist is told; a link, a time and quoted words are words', () => {
  expect(parse('foo:bar price').unknown).toEqual(['foo']);
  const plain = parse('https://example.com 12:30 "foo:bar"');
  expect(plain.unknown).toEqual([]);
  expect(plain.typed).toEqual([]);
  expect(plain.words).toBe('https://example.com 12:30 foo:bar');
});

test('operators have names for a Cyrillic layout', () => {
  expect(parse('метка:Опт после:2026-01-31').typed.map(({ operator }) => operator)).toEqual(['tag', 'after']);
}); // prettier-ignore

test('a quote that is still open is a value under way', () => {
  expect(parse('tag:"Пост').typed[0]?.value).toBe('Пост');
  expect(openEnd('price tag:"Постійні к')).toEqual({ operator: 'tag', typed: 'Постійні к', at: 6 });
  expect(openEnd('price tag:')).toEqual({ operator: 'tag', typed: '', at: 6 });
  expect(openEnd('price st')).toEqual({ operator: null, typed: 'st', at: 6 });
  expect(openEnd('ціна мі')).toEqual({ operator: null, typed: 'мі', at: 5 });
  expect(operatorsLike('мі')).toEqual(['мітка']);
  expect(openEnd('tag:VIP ')).toBeNull();
  expect(quoted('Олена К')).toBe('"Олена К"');
});

test('days are written in two ways, and have to exist', () => {
  const day = new Date(2026, 0, 31).getTime() / 1000;
  expect(dayOf('2026-01-31')).toBe(day);
  expect(dayOf('31.01.2026')).toBe(day);
  expect(dayOf('2026-02-31')).toBeNull();
  expect(dayOf('yesterday')).toBeNull();
});

test('a minus before an operator turns it round; before a word it is a part of the word', () => {
  const { words, typed } = parse('-tag:"Постійні клієнти" -status:Lost -price');
  expect(words).toBe('-price');
  expect(typed.map(({ operator, value, not }) => [operator, value, not])).toEqual([
    ['tag', 'Постійні клієнти', true], ['status', 'Lost', true],
  ]);
  expect(openEnd('price -ta')).toEqual({ operator: null, typed: 'ta', at: 7 });
  expect(openEnd('-tag:"Пост')).toEqual({ operator: 'tag', typed: 'Пост', at: 1 });
}); // prettier-ignore

test('an operator without its value is no word', () => {
  expect(parse('price tag:').words).toBe('price');
  expect(parse('-tag: price').words).toBe('price');
});

/** What operators mean together, written out. */
function shown(group: Group): string {
  if ('operator' in group) return `${group.not ? '-' : ''}${group.operator}:${group.value}`;
  if ('not' in group) return `not ${shown(group.not)}`;
  const [parts, word] = 'all' in group ? [group.all, ' and '] : [group.any, ' or '];
  return `(${parts.map(shown).join(word)})`;
}

interface Case {
  query: string;
  words: string;
  meaning: string;
  unknown: string[];
  stray_or: boolean;
}

// The program's own reader is held to the same cases.
const file = new URL('../../../crates/model/src/query/cases.json', import.meta.url).pathname;
const cases = JSON.parse(readFileSync(file, 'utf8')) as Case[];

test.each(cases)('$query means the same as to the program', (one) => {
  const { groups, words, unknown, strayOr } = parse(one.query);
  const meaning = groups.map(shown).join('; ');
  expect({ meaning, words, unknown, stray_or: strayOr, query: one.query }).toEqual(one);
});

const spansFile = new URL('../../../crates/model/src/query/spans.json', import.meta.url).pathname;
const spans = JSON.parse(readFileSync(spansFile, 'utf8')) as { value: string; minutes: number | null }[]; // prettier-ignore

test.each(spans)('$value is as long as to the program', ({ value, minutes }) => {
  expect(minutesOf(value)).toBe(minutes);
});

test('days are whole ones', () => {
  expect([daysOf('48h'), daysOf('36h')]).toEqual([2, null]);
});

test.each([
  ['a tag:VIP OR has:photo b', 'tag:', 'a has:photo b'],
  ['has:photo OR tag:VIP', 'tag:', 'has:photo'],
  ['has:photo OR tag:VIP OR has:link', 'tag:', 'has:photo OR has:link'],
  ['(tag:VIP) "two  words"', 'tag:', '"two  words"'],
  ['(has:photo OR -tag:VIP) x', '-tag:', '(has:photo) x'],
  ['-(tag:VIP OR has:photo)', 'tag:', '-(has:photo)'],
])('%s without %s', (query, operator, rest) => {
  expect(without(query, query.indexOf(operator))).toBe(rest);
});

test('a completion goes on within brackets', () => {
  expect(openEnd('(ta')).toEqual({ operator: null, typed: 'ta', at: 1 });
  expect(openEnd('x (tag:V')).toEqual({ operator: 'tag', typed: 'V', at: 3 });
});
