// Which actions are offered for what was typed.

import { fuzzy } from '$lib/shared/fuzzy';

/** An action as it can be found. */
export interface Findable {
  id: string;
  name: string;
  group: string;
  /** Its name in English, where another language is shown. */
  english: string | null;
}

/** An action that was found, and by which letters. */
export interface Found<T extends Findable> {
  action: T;
  at: readonly number[];
  /** Its English name, where it was found by that alone. */
  english: string | null;
}

/** One that was used lately is a little more likely meant; a better fit still comes first. */
const RECENT = 0.4;
/** Found by its group or in English, where its own name does not say it. */
const ASIDE = 0.9;

function match<T extends Findable>(
  action: T,
  typed: string,
): (Found<T> & { score: number }) | null {
  const own = fuzzy(typed, action.name);
  if (own) return { action, at: own.at, english: null, score: own.score };
  const english = action.english === null ? null : fuzzy(typed, action.english);
  if (english) return { action, at: [], english: action.english, score: english.score * ASIDE };
  const grouped = fuzzy(typed, `${action.name} ${action.group}`);
  if (!grouped) return null;
  const at = grouped.at.filter((place) => place < action.name.length);
  return { action, at, english: null, score: grouped.score * ASIDE };
}

/** The actions meant by what was typed, the likeliest first; all of them where nothing was. */
export function find<T extends Findable>(
  actions: readonly T[],
  typed: string,
  recent: readonly string[],
): Found<T>[] {
  if (typed.trim() === '') return actions.map((action) => ({ action, at: [], english: null }));
  return actions
    .map((action) => match(action, typed))
    .filter((found) => found !== null)
    .map((found) => ({
      ...found,
      score: found.score + (recent.includes(found.action.id) ? RECENT : 0),
    })) // prettier-ignore
    .sort((a, b) => b.score - a.score);
}
