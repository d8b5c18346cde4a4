// Formatting of a text that is being written: stretches that move with it.

import type { Entity, EntityKind, RichText } from '$lib/backend';

/** Kinds that an operator may mark; the others Telegram finds by itself. */
const kinds: ReadonlySet<EntityKind> = new Set([
  'bold', 'italic', 'underline', 'strike', 'spoiler', 'code', 'pre', 'quote', 'text_link',
]); // prettier-ignore

/** Of a message's stretches, those that an operator may have marked. */
export function marked(entities: readonly Entity[]): Entity[] {
  return entities.filter(({ kind }) => kinds.has(kind));
}

const end = ({ offset, length }: Entity) => offset + length;

const byPlace = (a: Entity, b: Entity) => a.offset - b.offset || b.length - a.length;

/** The part of a text that was replaced, by what both have in common around it. */
function replaced(before: string, after: string): { from: number; to: number; by: number } {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from++;
  let common = 0;
  while (common < shorter - from && before.at(-1 - common) === after.at(-1 - common)) common++;
  return { from, to: before.length - common, by: after.length - before.length };
}

/** Stretches after an edit: what is typed inside one belongs to it, what is typed beside it not. */
export function afterEdit(entities: readonly Entity[], before: string, after: string): Entity[] {
  if (entities.length === 0) return [];
  const { from, to, by } = replaced(before, after);
  return entities.flatMap((entity) => {
    const start = entity.offset >= to ? entity.offset + by : entity.offset > from ? to + by : entity.offset; // prettier-ignore
    const goesOn = end(entity) >= to && end(entity) > from;
    const stop = goesOn ? end(entity) + by : Math.min(end(entity), from);
    return stop > start ? [{ ...entity, offset: start, length: stop - start }] : [];
  });
}

/** A text with another one put in the place of a part of it. */
export function insert(rich: RichText, from: number, to: number, added: RichText): RichText {
  const text = rich.text.slice(0, from) + added.text + rich.text.slice(to);
  const moved = added.entities.map((entity) => ({ ...entity, offset: entity.offset + from }));
  // As two edits, so that what stood there takes its formatting along.
  const without = rich.text.slice(0, from) + rich.text.slice(to);
  const around = afterEdit(afterEdit(rich.entities, rich.text, without), without, text);
  return { text, entities: [...around, ...moved].sort(byPlace) };
}

/** Marks a part, or takes the mark off where all of it has it. */
export function toggle(
  entities: readonly Entity[],
  kind: EntityKind,
  from: number,
  to: number,
): Entity[] {
  const same = entities.filter((entity) => entity.kind === kind);
  const covered = same.some((entity) => entity.offset <= from && end(entity) >= to);
  const others = entities.filter((entity) => entity.kind !== kind);
  const piece = (start: number, stop: number): Entity[] =>
    stop > start ? [{ kind, offset: start, length: stop - start }] : [];
  if (covered) {
    const left = same.flatMap((entity) => [
      ...piece(entity.offset, Math.min(end(entity), from)),
      ...piece(Math.max(entity.offset, to), end(entity)),
    ]);
    return [...others, ...left].sort(byPlace);
  }
  const touching = same.filter((entity) => entity.offset <= to && end(entity) >= from);
  const whole = piece(Math.min(from, ...touching.map(({ offset }) => offset)), Math.max(to, ...touching.map(end))); // prettier-ignore
  return [...others, ...same.filter((entity) => !touching.includes(entity)), ...whole].sort(byPlace); // prettier-ignore
}

/** The link that all of a part stands in. */
export function linkAt(entities: readonly Entity[], from: number, to: number): Entity | undefined {
  return entities.find((entity) => entity.kind === 'text_link' && entity.offset <= from && end(entity) >= to); // prettier-ignore
}

/** Makes a part lead to an address, or nowhere; what it led to so far is forgotten. */
export function linked(
  entities: readonly Entity[],
  from: number,
  to: number,
  address: string | null,
): Entity[] {
  const left = entities.flatMap((entity) => {
    if (entity.kind !== 'text_link' || entity.offset >= to || end(entity) <= from) return [entity];
    const before = { ...entity, length: from - entity.offset };
    const after = { ...entity, offset: to, length: end(entity) - to };
    return [before, after].filter(({ length }) => length > 0);
  });
  const link: Entity[] = address === null ? [] : [{ kind: 'text_link', offset: from, length: to - from, value: address }]; // prettier-ignore
  return [...left, ...link].sort(byPlace);
}

const SCHEMES = /^(https?:\/\/|tg:\/\/|mailto:)./i;

/** An address as it was typed, in full: "example.org" is one of the web. `null` where it is none. */
export function addressTyped(text: string): string | null {
  const typed = text.trim();
  if (/[\s\p{Cc}]/u.test(typed)) return null;
  if (SCHEMES.test(typed)) return typed;
  if (/^[^/:@]+@[^/:@]+\.[^/:@]+$/.test(typed)) return `mailto:${typed}`;
  return /^[^/:@?#.]+(\.[^/:@?#.]+)+([:/?#]|$)/.test(typed) ? `https://${typed}` : null;
}

/** A text without the blanks around it. */
export function trimmed({ text, entities }: RichText): RichText {
  const start = text.trimStart();
  return {
    text: text.trim(),
    entities: afterEdit(afterEdit(entities, text, start), start, text.trim()),
  };
}

/** Whether two texts are the same to the letter and the mark. */
export function alike(a: RichText, b: RichText): boolean {
  const written = ({ text, entities }: RichText) =>
    JSON.stringify([text, entities.map(({ kind, offset, length, value = '' }) => [kind, offset, length, value])]); // prettier-ignore
  return written(a) === written(b);
}
