// Countries with their calling codes, and how a phone number of theirs is written.

import {
  AsYouType,
  getCountries,
  getCountryCallingCode,
  type CountryCode,
} from 'libphonenumber-js/min';
import metadata from 'libphonenumber-js/min/metadata';

export type { CountryCode };

/** A country as it is listed. */
export interface Country {
  code: CountryCode;
  /** In the language of the window. */
  name: string;
  /** With `+`. */
  calling: string;
}

/** Every country, by name. Names come from the web view; it knows them in every language. */
export function countriesIn(language: string): Country[] {
  const names = new Intl.DisplayNames([language], { type: 'region' });
  const { compare } = new Intl.Collator(language);
  return getCountries()
    .map((code) => ({
      code,
      name: names.of(code) ?? code,
      calling: `+${getCountryCallingCode(code)}`,
    }))
    .toSorted((a, b) => compare(a.name, b.name));
}

/** Case and accents do not count: "cote" finds "Côte d’Ivoire". */
const folded = (text: string) =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('’', "'").toLocaleLowerCase();

/**
 * Countries that a text may mean: the beginning of a word of the name, the calling code, or the two
 * letters of the code.
 */
export function findCountries(countries: readonly Country[], text: string): readonly Country[] {
  const typed = folded(text.trim());
  if (typed === '') return countries;
  if (/^\+?\d+$/.test(typed)) {
    const digits = `+${typed.replace('+', '')}`;
    return countries.filter(({ calling }) => calling.startsWith(digits));
  }
  const begins = (name: string) =>
    name.startsWith(typed) || name.includes(` ${typed}`) || name.includes(`-${typed}`);
  return countries.filter(({ code, name }) => code.toLowerCase() === typed || begins(folded(name)));
}

/** A number as it is usually written, as far as it is typed; it begins with `+`. */
export function formatted(text: string): string {
  const digits = text.replace(/\D/g, '');
  if (digits === '') return text.includes('+') ? '+' : '';
  return new AsYouType().input(`+${digits}`);
}

/**
 * The country of a number that is being typed. Where several share its calling code and it does not
 * tell yet, the one that was chosen, else the one that most numbers of the code belong to.
 */
export function countryOf(text: string, chosen: CountryCode | null): CountryCode | null {
  const typing = new AsYouType();
  typing.input(`+${text.replace(/\D/g, '')}`);
  const found = typing.getCountry();
  if (found) return found;
  const calling = typing.getCallingCode();
  if (calling === undefined) return null;
  if (chosen !== null && getCountryCallingCode(chosen) === calling) return chosen;
  const codes: Record<string, CountryCode[]> = metadata.country_calling_codes;
  // Numbers such as +800 belong to no country.
  return codes[calling]?.find((code) => /^[A-Z]{2}$/.test(code)) ?? null;
}

/** The number with the calling code of another country, what was typed after it kept. */
export function movedTo(text: string, country: CountryCode): string {
  const typing = new AsYouType();
  typing.input(`+${text.replace(/\D/g, '')}`);
  const calling = typing.getCallingCode();
  const digits = text.replace(/\D/g, '');
  const rest = calling === undefined ? '' : digits.slice(calling.length);
  return `${formatted(`+${getCountryCallingCode(country)}${rest}`)}${rest === '' ? ' ' : ''}`;
}
