// A filter as it is built by hand: groups of conditions, each of which may be turned round. Several
// tags, statuses, accounts or kinds in one condition mean any of them.

import type { Filter } from '$lib/backend';

/** Conditions of which any is enough. */
export interface Group {
  join: 'every' | 'any';
  not: boolean;
  parts: readonly Part[];
}

/** One condition; more than one filter only where they are choices of one kind. */
export interface Leaf {
  not: boolean;
  of: readonly Filter[];
}

export type Part = Group | Leaf;

/** Where a part stands: the places on the way down to it. */
export type Path = readonly number[];

const choices: readonly Filter['has'][] = ['account', 'kind', 'tag', 'status', 'media'];

/** Whether several values of a condition may be chosen. */
export const isChoice = (has: Filter['has']): boolean => choices.includes(has);

const isAnyMedia = (filter: Filter) => filter.has === 'media' && filter.of === null;

/** Values of a condition with one more chosen: those stay that may stand beside it. */
export function chosenWith(chosen: readonly Filter[], one: Filter): readonly Filter[] {
  const stays = (other: Filter) => isChoice(one.has) && isAnyMedia(other) === isAnyMedia(one);
  return [...chosen.filter(stays), one];
}

export const isGroup = (part: Part): part is Group => 'join' in part;

export const empty: Group = { join: 'every', not: false, parts: [] };

function partOf(filter: Filter): Part {
  switch (filter.has) {
    case 'not': {
      const part = partOf(filter.of);
      return { ...part, not: !part.not };
    }
    case 'every':
    case 'any': {
      const [first] = filter.of;
      const alike = filter.has === 'any' && first && isChoice(first.has) && filter.of.every(({ has }) => has === first.has); // prettier-ignore
      return alike ? { not: false, of: filter.of } : { join: filter.has, not: false, parts: filter.of.map(partOf) }; // prettier-ignore
    }
    default:
      return { not: false, of: [filter] };
  }
}

/** A filter as it is built. */
export function treeOf(filter: Filter | null): Group {
  if (!filter) return empty;
  const part = partOf(filter);
  return isGroup(part) && !part.not ? part : { ...empty, parts: [part] };
}

/** The filter of a part; `null` where it says nothing yet. */
export function filterOf(part: Part): Filter | null {
  const plain = isGroup(part) ? groupFilter(part) : leafFilter(part);
  return plain && part.not ? { has: 'not', of: plain } : plain;
}

function groupFilter({ join, parts }: Group): Filter | null {
  const of = parts.map(filterOf).filter((filter) => filter !== null);
  return of.length < 2 ? (of[0] ?? null) : { has: join, of };
}

function leafFilter({ of }: Leaf): Filter | null {
  return of.length < 2 ? (of[0] ?? null) : { has: 'any', of: [...of] };
}

/** Puts another part in the place of one; takes it away where there is none. */
export function replaced(group: Group, path: Path, part: Part | null): Group {
  const [at, ...rest] = path;
  const old = at === undefined ? undefined : group.parts[at];
  if (at === undefined) return group;
  if (rest.length > 0) {
    if (!old || !isGroup(old)) return group;
    const inner = replaced(old, rest, part);
    return replaced(group, [at], inner.parts.length > 0 ? inner : null);
  }
  return { ...group, parts: group.parts.toSpliced(at, 1, ...(part ? [part] : [])) };
}

/** Adds a condition; `again` puts it in the place of the one that was added just before. */
export function put(tree: Group, leaf: Leaf, again: boolean): Group {
  const whole = tree.join === 'any' && !again && tree.parts.length > 1 ? { ...empty, parts: [tree] } : tree; // prettier-ignore
  const at = whole.parts.length - (again ? 1 : 0);
  return { ...whole, parts: whole.parts.toSpliced(at, 1, ...(leaf.of.length > 0 ? [leaf] : [])) };
}

/** The part at a path. */
export function partAt(group: Group, path: Path): Part | undefined {
  return path.reduce<Part | undefined>(
    (part, at) => (part && isGroup(part) ? part.parts[at] : undefined),
    group,
  );
}

/** Every condition of a part that something is true of. */
export function filtersIn(part: Part, wanted: (filter: Filter) => boolean): Filter[] {
  if (isGroup(part)) return part.parts.flatMap((one) => filtersIn(one, wanted));
  return part.of.filter(wanted);
}

/** A part without those conditions; `null` where nothing is left of it. */
function without(part: Part, gone: (filter: Filter) => boolean): Part | null {
  if (!isGroup(part)) {
    const of = part.of.filter((filter) => !gone(filter));
    return of.length > 0 ? { ...part, of } : null;
  }
  const parts = part.parts.flatMap((one) => without(one, gone) ?? []);
  return parts.length > 0 ? { ...part, parts } : null;
}

/** A filter without those conditions; `null` where it says nothing any more. */
export function filterWithout(filter: Filter | null, gone: (filter: Filter) => boolean): Filter | null {
  const rest = without(treeOf(filter), gone);
  return rest && filterOf(rest);
} // prettier-ignore
