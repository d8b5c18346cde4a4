// Marks of the notation, put around a part of a text that is being written.

/** What a button puts in. */
export type Mark = 'bold' | 'italic' | 'link' | 'code' | 'spoiler';

const signs: Record<Exclude<Mark, 'link'>, string> = { bold: '**', italic: '__', code: '`', spoiler: '||' }; // prettier-ignore
const ADDRESS = 'https://';

/** A part of a text, what takes its place, and what is selected then. */
export interface Change {
  from: number;
  to: number;
  text: string;
  select: readonly [number, number];
}

/** Puts a mark around a part, or takes it away where it stands there. */
export function withMark(text: string, from: number, to: number, mark: Mark): Change {
  if (mark === 'link') return withLink(text, from, to);
  const sign = signs[mark];
  const { length } = sign;
  if (text.slice(from - length, from) === sign && text.slice(to, to + length) === sign) {
    const part = text.slice(from, to);
    return { from: from - length, to: to + length, text: part, select: [from - length, to - length] }; // prettier-ignore
  }
  // Blanks at the edges stay outside, where the notation wants them.
  const part = text.slice(from, to);
  const start = from + part.length - part.trimStart().length;
  const end = Math.max(start, from + part.trimEnd().length);
  const inner = text.slice(start, end);
  return { from: start, to: end, text: `${sign}${inner}${sign}`, select: [start + length, end + length] }; // prettier-ignore
}

function withLink(text: string, from: number, to: number): Change {
  const part = text.slice(from, to);
  const isAddress = /^https?:\/\/\S+$/.test(part);
  if (isAddress) return { from, to, text: `[](${part})`, select: [from + 1, from + 1] };
  const start = from + part.length + 3;
  return { from, to, text: `[${part}](${ADDRESS})`, select: [start, start + ADDRESS.length] };
}

/** Puts a variable in the place of a part; what may stand there instead is selected. */
export function withVariable(from: number, to: number, key: string): Change {
  const text = `{${key}}`;
  return { from, to, text, select: [from + text.length, from + text.length] };
}
