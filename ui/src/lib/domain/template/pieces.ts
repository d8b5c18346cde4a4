// Splits a text at the edges of its formatting and of its gaps, for showing: text nodes alone.

import type { Blank, Entity, EntityKind } from '$lib/backend';

/** A stretch of a text. */
export interface Piece {
  at: number;
  text: string;
  kinds: readonly EntityKind[];
  /** Whether something is missing there. */
  gap: boolean;
}

/** The stretches of a text in order, without holes. */
export function piecesOf(
  text: string,
  entities: readonly Entity[],
  gaps: readonly Pick<Blank, 'offset' | 'length'>[] = [],
): Piece[] {
  const all = [...entities, ...gaps];
  const edges = new Set([0, text.length]);
  for (const { offset, length } of all) edges.add(offset).add(offset + length);
  const cuts = [...edges].filter((edge) => edge <= text.length).sort((a, b) => a - b);
  return cuts.slice(0, -1).map((at, index) => {
    const end = cuts[index + 1] ?? text.length;
    const covers = (part: { offset: number; length: number }) =>
      part.offset <= at && part.offset + part.length >= end;
    const kinds = entities.filter(covers).map(({ kind }) => kind);
    return { at, text: text.slice(at, end), kinds, gap: gaps.some(covers) };
  });
}
