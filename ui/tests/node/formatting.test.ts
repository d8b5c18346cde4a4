import { expect, test } from 'vitest';
import type { Entity } from '../../src/lib/backend';
import {
  addressTyped,
  afterEdit,
  insert,
  linkAt,
  linked,
  toggle,
  trimmed,
} from '../../src/lib/domain/composer/formatting';

const bold = (offset: number, length: number): Entity => ({ kind: 'bold', offset, length });
/** Texts with what is bold between brackets. */
function marked(text: string): { text: string; entities: Entity[] } {
  const entities = [...text.matchAll(/\[([^\]]*)\]/g)].map((found, index) =>
    bold(found.index - 2 * index, found[1]?.length ?? 0),
  );
  return { text: text.replace(/[[\]]/g, ''), entities };
}
const shown = (text: string, entities: readonly Entity[]) =>
  entities.toReversed().reduce((all, { offset, length }) => `${all.slice(0, offset)}[${all.slice(offset, offset + length)}]${all.slice(offset + length)}`, text); // prettier-ignore

test.each([
  ['typed before', 'a [bc] d', 'xa bc d', 'xa [bc] d'],
  ['typed inside', 'a [bc] d', 'a bxc d', 'a [bxc] d'],
  ['typed right before', 'a [bc] d', 'a xbc d', 'a x[bc] d'],
  ['typed right behind', 'a [bc] d', 'a bcx d', 'a [bc]x d'],
  ['cut at its beginning', 'a [bc] d', 'c d', '[c] d'],
  ['cut at its end', 'a [bc] d', 'a b', 'a [b]'],
  ['taken out', 'a [bc] d', 'a  d', 'a  d'],
  ['typed over to the letter', 'a [bc] d', 'a xyz d', 'a [xyz] d'],
  ['typed over with its surroundings', 'a [bc] d', 'x', 'x'],
  ['all typed over', '[bc]', 'xyz', '[xyz]'],
  ['of several', '[a] b [c]', '[a] bxx [c]'.replace(/[[\]]/g, ''), '[a] bxx [c]'],
])('formatting moves with the text: %s', (_, before, after, expected) => {
  const rich = marked(before);
  expect(shown(after, afterEdit(rich.entities, rich.text, after))).toBe(expected);
});

test('a text is put in the place of a part with its own formatting', () => {
  const put = insert(marked('[ab] /x cd'), 3, 5, marked('y [z]'));
  expect(shown(put.text, put.entities)).toBe('[ab] y [z] cd');
  const inside = insert(marked('[abcd]'), 2, 2, marked('-'));
  expect(shown(inside.text, inside.entities)).toBe('[ab-cd]');
});

test('a mark is put on and taken off', () => {
  expect(toggle([], 'bold', 1, 3)).toEqual([bold(1, 2)]);
  expect(toggle([bold(0, 4)], 'bold', 1, 3)).toEqual([bold(0, 1), bold(3, 1)]);
  expect(toggle([bold(0, 2), bold(3, 2)], 'bold', 1, 4)).toEqual([bold(0, 5)]);
  expect(toggle([bold(0, 2)], 'italic', 0, 2)).toHaveLength(2);
});

test('blanks around a text go without moving its formatting', () => {
  const rich = trimmed(marked('  \n[a b] c '));
  expect(shown(rich.text, rich.entities)).toBe('[a b] c');
});

const link = (offset: number, length: number, value: string): Entity => ({ kind: 'text_link', offset, length, value }); // prettier-ignore

test('a part leads to one address; what it led to before ends beside it', () => {
  expect(linked([bold(0, 4)], 1, 3, 'https://a.example')).toEqual([bold(0, 4), link(1, 2, 'https://a.example')]); // prettier-ignore
  expect(linked([link(0, 6, 'a')], 2, 4, 'b')).toEqual([link(0, 2, 'a'), link(2, 2, 'b'), link(4, 2, 'a')]); // prettier-ignore
  expect(linked([link(0, 6, 'a')], 0, 6, null)).toEqual([]);
  expect(linked([link(0, 2, 'a')], 2, 4, 'b')).toEqual([link(0, 2, 'a'), link(2, 2, 'b')]);
  expect(linkAt([bold(0, 9), link(2, 4, 'a')], 3, 3)).toEqual(link(2, 4, 'a'));
  expect(linkAt([link(2, 4, 'a')], 1, 3)).toBeUndefined();
});

test.each([
  ['https://example.org/a?b=1', 'https://example.org/a?b=1'],
  [' HTTP://example.org ', 'HTTP://example.org'],
  ['tg://resolve?domain=x', 'tg://resolve?domain=x'],
  ['mailto:a@example.org', 'mailto:a@example.org'],
  ['example.org', 'https://example.org'],
  ['example.org:8080/a', 'https://example.org:8080/a'],
  ['приклад.укр/шлях', 'https://приклад.укр/шлях'],
  ['a@example.org', 'mailto:a@example.org'],
  ['javascript:alert(1.2)', null],
  ['file:///etc/passwd', null],
  ['https://', null],
  ['example', null],
  ['two words.org', null],
  ['', null],
])('an address is typed: %j', (text, address) => {
  expect(addressTyped(text)).toBe(address);
});
