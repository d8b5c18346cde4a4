import { describe, expect, test } from 'vitest';
import { segmentsOf, safeTarget, showsItsTarget } from '../../src/lib/domain/message/segments';
import { strengthOf } from '../../src/lib/domain/login/strength';
import { apiHash, apiId, parsed, phone } from '../../src/lib/domain/login/forms';
import { addressParts, cleanName, cleanText, initials, oneLine } from '../../src/lib/shared/text';

describe('names', () => {
  test.each([
    ['\u202Egnp.exe', 'gnp.exe'],
    ['  Anna\n\tMaria  ', 'Anna Maria'],
    ['a\u200Bb\u0000c', 'a b c'],
    ['\u200F\u2066\u00AD', ''],
    ['👨‍👩‍👧 Family', '👨‍👩‍👧 Family'],
    ['Ганна', 'Ганна'],
  ])('%j is shown as %j', (name, shown) => expect(cleanName(name)).toBe(shown));

  test('a megabyte is cut, whole characters only', () => {
    expect(Array.from(cleanName('🦊'.repeat(250_000)))).toHaveLength(128);
    expect(cleanName('🦊'.repeat(250_000))).toMatch(/^🦊+…$/u);
  });

  test.each([
    ['Вера Орлова', 'ВО'],
    ['anna', 'A'],
    ['42 things', '4T'],
    ['— «Кава» —', 'К'],
    ['🦊', ''],
  ])('%j is shortened to %j', (name, letters) => expect(initials(name)).toBe(letters));
});

test('texts keep lines and joiners, and lose overrides', () => {
  expect(cleanText('a\n\tb\u202E\u0007👨‍👩‍👧')).toBe('a\n\tb👨‍👩‍👧');
  expect(oneLine('a\n\n b')).toBe('a b');
});

describe('segments', () => {
  const joined = (text: string, entities: Parameters<typeof segmentsOf>[1]) =>
    segmentsOf(text, entities)
      .map((segment) => segment.text)
      .join('');

  test('overlapping entities lose no character', () => {
    const text = 'bold and 🦊 italic';
    const entities = [
      { kind: 'bold' as const, offset: 0, length: 11 },
      { kind: 'italic' as const, offset: 5, length: 13 },
    ];
    expect(joined(text, entities)).toBe(text);
    expect(segmentsOf(text, entities)[1]?.kinds).toEqual(['bold', 'italic']);
  });

  test('entities outside the text count for nothing', () => {
    const entities = [
      { kind: 'bold' as const, offset: -1, length: 3 },
      { kind: 'bold' as const, offset: 2, length: 99 },
      { kind: 'bold' as const, offset: 1, length: 0 },
    ];
    expect(segmentsOf('text', entities)).toEqual([{ at: 0, text: 'text', kinds: [], href: null }]);
  });

  test('an empty text has no segments', () => expect(segmentsOf('', [])).toEqual([]));
});

describe('links', () => {
  test.each([
    ['https://example.com/a', 'https://example.com/a'],
    ['example.com', 'https://example.com/'],
    ['mailto:a@example.com', 'mailto:a@example.com'],
    ['javascript:alert(1)', null],
    ['JaVaScRiPt:alert(1)', null],
    ['data:text/html,x', null],
    ['file:///etc/passwd', null],
    ['tg://resolve?domain=x', null],
    ['http://', null],
    ['https://пример.рф', 'https://xn--e1afmkfd.xn--p1ai/'],
  ])('%s leads to %s', (raw, target) => expect(safeTarget(raw)).toBe(target));

  test('a link shows its target, or does not', () => {
    expect(showsItsTarget('example.com', 'https://example.com/')).toBe(true);
    expect(showsItsTarget('https://example.com/a', 'https://example.com/a')).toBe(true);
    expect(showsItsTarget('example.com', 'https://example.com.evil.net/')).toBe(false);
    // Letters of another script that look the same.
    expect(showsItsTarget('аpple.com', safeTarget('аpple.com') ?? '')).toBe(false);
  });
});

describe('login forms', () => {
  test.each([
    ['+49 (30) 555-12-34', '+49305551234'],
    ['49305551234', null],
    ['+49', null],
    ['+49305551234567890', null],
    ['+49 30 abc', null],
  ])('phone %s', (input, result) => expect(parsed(phone, input)).toBe(result));

  test.each([
    ['12345', 12345],
    ['0', null],
    ['2147483648', null],
    ['12a', null],
    ['', null],
  ])('api id %s', (input, result) => expect(parsed(apiId, input)).toBe(result));

  test('api hash', () => {
    expect(parsed(apiHash, ` ${'AB'.repeat(16)} `)).toBe('ab'.repeat(16));
    expect(parsed(apiHash, 'g'.repeat(32))).toBeNull();
    expect(parsed(apiHash, 'a'.repeat(31))).toBeNull();
  });
});

test.each([
  ['', 0],
  ['aaaaaaaaaaaaaaaaaaaaaaaa', 0],
  ['password', 0],
  ['Tr0ub4dor&3', 1],
  ['correct horse battery', 1],
  ['correct horse battery staple lamp', 3],
])('strength of %j is %i', (text, strength) => expect(strengthOf(text)).toBe(strength));

test.each([
  ['https://a.example/b-c/d?e=f&g', ['https://', 'a.example/', 'b-c/', 'd?', 'e=', 'f&', 'g']],
  ['mailto:somebody@example.org', ['mailto:somebody@example.org']],
  ['', []],
])('the address %j may be broken into %j', (address, parts) => {
  expect(addressParts(address)).toEqual(parts);
});
