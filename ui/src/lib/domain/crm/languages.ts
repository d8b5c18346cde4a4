// The languages that somebody may speak, as they are chosen from.

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** Names of languages in a language; a tag that has none answers nothing. */
const namesIn = (locale: string) => new Intl.DisplayNames([locale], { type: 'language', fallback: 'none' }); // prettier-ignore

let known: readonly string[] | undefined;

/** Tags of all languages that two letters name, without those that became another. */
function tags(english: Intl.DisplayNames): readonly string[] {
  known ??= [...LETTERS]
    .flatMap((first) => [...LETTERS].map((second) => first + second))
    .filter((tag) => english.of(tag) && Intl.getCanonicalLocales(tag)[0] === tag);
  return known;
}

/** A language as it is offered. */
export interface Language {
  id: string;
  name: string;
  /** It is found by its tag and its English name too. */
  words: string;
}

/** All of them by their names in a language, in its order. */
export function languagesIn(locale: string): Language[] {
  const [own, english] = [namesIn(locale), namesIn('en')];
  const named = tags(english).map((id): Language => {
    const name = own.of(id) ?? id;
    const begun = name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
    return { id, name: begun, words: `${id} ${english.of(id) ?? ''}` };
  });
  const { compare } = new Intl.Collator(locale);
  return named.toSorted((a, b) => compare(a.name, b.name));
}
