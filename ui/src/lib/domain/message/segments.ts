// Splits a text at the edges of its entities, so that each stretch can be shown as a text node of
// its own. Nothing here makes markup out of what somebody wrote.

import type { Entity, EntityKind } from '$lib/backend';

/** A stretch of a text and what it is. */
export interface Segment {
  /** First code unit; also its key. */
  at: number;
  text: string;
  kinds: readonly EntityKind[];
  /** Target of a link, where it is one. */
  href: string | null;
}

/** Schemes that may be opened at all. */
const schemes = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/** The address a link leads to, or `null` where it is none that may be opened. */
export function safeTarget(raw: string): string | null {
  const named = /^[a-z][a-z\d+.-]*:/i.test(raw) ? raw : `https://${raw}`;
  try {
    const url = new URL(named);
    return schemes.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

function targetOf(entity: Entity, text: string): string | null {
  const covered = text.slice(entity.offset, entity.offset + entity.length);
  switch (entity.kind) {
    case 'text_link':
      return entity.value ?? '';
    case 'link':
      return covered;
    case 'email':
      return `mailto:${covered}`;
    case 'phone':
      return `tel:${covered.replace(/[^+\d]/g, '')}`;
    default:
      return null;
  }
}

/** Entities that lie within the text; what a peer sends need not. */
function sound(entities: readonly Entity[], length: number): Entity[] {
  return entities.filter(
    (entity) => entity.offset >= 0 && entity.length > 0 && entity.offset + entity.length <= length,
  );
}

/** The stretches of a text, in order, without gaps. */
export function segmentsOf(text: string, entities: readonly Entity[]): Segment[] {
  const marked = sound(entities, text.length);
  const edges = new Set([0, text.length]);
  for (const { offset, length } of marked) edges.add(offset).add(offset + length);
  const cuts = [...edges].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((at, index) => {
    const end = cuts[index + 1] ?? text.length;
    const over = marked.filter((e) => e.offset <= at && e.offset + e.length >= end);
    const link = over.find((entity) => targetOf(entity, text) !== null);
    return {
      at,
      text: text.slice(at, end),
      kinds: over.map((entity) => entity.kind),
      href: link ? targetOf(link, text) : null,
    };
  });
}

/** Whether what a link shows is where it leads. */
export function showsItsTarget(shown: string, target: string): boolean {
  const plain = (address: string) => address.replace(/^(https?:\/\/|mailto:|tel:)/i, '').replace(/\/$/, ''); // prettier-ignore
  return plain(shown.trim()) === plain(target);
}
