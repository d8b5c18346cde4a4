// Finds what was meant by a few of its letters.

/** How well something was meant, and which of its characters were. */
export interface Match {
  score: number;
  at: readonly number[];
}

/** Letters in the same word that may be left out in a row. */
const MOST_SKIPPED = 2;
const LETTER = /[\p{L}\p{N}]/u;

/** In small letters and without accents, each character in its place: `ё` is found by `е`. */
function plain(text: string): string {
  const letters = text.split('').map((char) => char.toLowerCase().normalize('NFD')[0] ?? char);
  return letters.join('');
}

const startsWord = (text: string, at: number) =>
  LETTER.test(text[at] ?? '') && !LETTER.test(text[at - 1] ?? '');

const run = (from: number, length: number) => Array.from({ length }, (_, step) => from + step);

/** A word as it stands in a text, at the start of a word rather than within one. */
function whole(word: string, text: string): Match | null {
  let within: Match | null = null;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (startsWord(text, at)) {
      return { score: at === 0 ? 3.2 : 3, at: run(at, word.length) };
    }
    within ??= { score: 1.5, at: run(at, word.length) };
  }
  return word.length > 1 ? within : null;
}

/** The places of a word's letters from here on: each the next one, a little on, or begins a word. */
function scattered(word: string, text: string, from: number): number[] | null {
  if (word === '') return [];
  for (let at = from; at < text.length; at++) {
    if (text[at] !== word[0]) continue;
    if (at - from > MOST_SKIPPED && !startsWord(text, at)) continue;
    const rest = scattered(word.slice(1), text, at + 1);
    if (rest) return [at, ...rest];
  }
  return null;
}

function begun(word: string, text: string): Match | null {
  for (let start = 0; start < text.length; start++) {
    if (text[start] !== word[0] || !startsWord(text, start)) continue;
    const rest = scattered(word.slice(1), text, start + 1);
    const last = rest?.at(-1) ?? start;
    const skipped = last - start + 1 - word.length;
    if (rest) return { score: 1 / (1 + skipped * 0.1), at: [start, ...rest] };
  }
  return null;
}

/**
 * Whether a text may be meant by what was typed: each word of it stands there, or its letters do in
 * their order. `null` where not.
 */
export function fuzzy(typed: string, text: string): Match | null {
  const hay = plain(text);
  const at = new Set<number>();
  let score = 0;
  for (const word of plain(typed).split(/\s+/).filter(Boolean)) {
    const found = whole(word, hay) ?? begun(word, hay);
    if (!found) return null;
    score += found.score;
    for (const place of found.at) at.add(place);
  }
  // Of two that fit alike, the shorter one was meant.
  return { score: score - text.length / 1000, at: [...at].sort((a, b) => a - b) };
}
