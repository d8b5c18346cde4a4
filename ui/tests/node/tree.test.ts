import { expect, test } from 'vitest';
import { conditions as places } from '../../scripts/steps.mjs';
import type { Filter } from '../../src/lib/backend';
import { conditions } from '../../src/lib/domain/lists/conditions';
import {
  chosenWith,
  empty,
  filterOf,
  filtersIn,
  filterWithout,
  partAt,
  replaced,
  treeOf,
} from '../../src/lib/domain/lists/tree';

test('screens find conditions by the places that they have in the window', () => {
  expect(places).toEqual(conditions.slice(0, places.length));
});

const tag = (of: number): Filter => ({ has: 'tag', of });
const unread: Filter = { has: 'unread' };
const not = (of: Filter): Filter => ({ has: 'not', of });

test.each<[string, Filter]>([
  ['one condition', unread],
  ['one turned round', not(unread)],
  ['all of some', { has: 'every', of: [unread, not(tag(1)), { has: 'quiet_days', of: 3 }] }],
  ['any of several tags', { has: 'any', of: [tag(1), tag(2)] }],
  ['media of one kind or another', { has: 'any', of: [{ has: 'media', of: 'photo' }, { has: 'media', of: 'file' }] }],
  ['none of several tags', not({ has: 'any', of: [tag(1), tag(2)] })],
  ['groups within groups', { has: 'any', of: [{ has: 'every', of: [unread, tag(1)] }, not({ has: 'every', of: [tag(2), unread] })] }],
])('%s comes out of the builder as it went in', (_, filter) => {
  expect(filterOf(treeOf(filter))).toEqual(filter);
}); // prettier-ignore

test('values are chosen beside those that leave something to choose', () => {
  const media = (of: 'photo' | 'file' | null): Filter => ({ has: 'media', of });
  const from = (of: 'me' | 'them'): Filter => ({ has: 'last_from', of });
  expect(chosenWith([tag(1)], tag(2))).toEqual([tag(1), tag(2)]);
  expect(chosenWith([media('photo')], media('file'))).toEqual([media('photo'), media('file')]);
  expect(chosenWith([media('photo'), media('file')], media(null))).toEqual([media(null)]);
  expect(chosenWith([media(null)], media('photo'))).toEqual([media('photo')]);
  expect(chosenWith([from('me')], from('them'))).toEqual([from('them')]);
});

test('nothing is no filter', () => {
  expect(filterOf(empty)).toBeNull();
  expect(filterOf(treeOf({ has: 'every', of: [] }))).toBeNull();
  expect(treeOf(null)).toEqual(empty);
});

test('a part is replaced and taken away; a group without parts goes with its last', () => {
  const tree = treeOf({ has: 'every', of: [unread, { has: 'any', of: [tag(1), unread] }] });
  expect(partAt(tree, [1, 0])).toEqual({ not: false, of: [tag(1)] });
  const other = replaced(tree, [1, 0], { not: true, of: [tag(1), tag(2)] });
  expect(filterOf(other)).toEqual({
    has: 'every',
    of: [unread, { has: 'any', of: [not({ has: 'any', of: [tag(1), tag(2)] }), unread] }],
  });
  const shorter = replaced(replaced(tree, [1, 1], null), [1, 0], null);
  expect(filterOf(shorter)).toEqual(unread);
});

test('conditions that name what is gone are found and taken out, and groups with the last of theirs', () => {
  const gone = (filter: Filter) => filter.has === 'tag' && filter.of > 1;
  const of: Filter = { has: 'every', of: [unread, not({ has: 'any', of: [tag(1), tag(2)] }), { has: 'any', of: [tag(2), not(tag(3))] }] };
  expect(filtersIn(treeOf(of), gone)).toEqual([tag(2), tag(2), tag(3)]);
  expect(filterWithout(of, gone)).toEqual({ has: 'every', of: [unread, not(tag(1))] });
  expect(filterWithout(tag(2), gone)).toBeNull();
  expect(filterWithout(null, gone)).toBeNull();
}); // prettier-ignore
