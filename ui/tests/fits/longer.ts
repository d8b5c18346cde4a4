// Stands in for the catalogues in a build for looking at: with `?longer` in the address every word
// is 40 % longer than in English, as a language to come may be.

import { m as catalogue } from '../../src/lib/messages';

export { hasMessages, loadMessages } from '../../src/lib/messages';

const MORE = 0.4;
const TAIL = 'éàöüçñåø';

/** A text whose every word is longer. */
export function longer(text: string): string {
  return text.replace(/\p{L}+/gu, (word) => {
    const more = Math.ceil(word.length * MORE);
    return word + TAIL.repeat(Math.ceil(more / TAIL.length)).slice(0, more);
  });
}

type Say = (...args: unknown[]) => string;

const all = catalogue as unknown as Record<string, Say>;
const stretched = new Proxy<Record<string, Say>>(
  {},
  { get: (_, key) => (...args: unknown[]) => longer(all[String(key)]?.(...args) ?? '') }, // prettier-ignore
);

const wanted = 'location' in globalThis && new URLSearchParams(location.search).has('longer');
export const m = wanted ? (stretched as unknown as typeof catalogue) : catalogue;
