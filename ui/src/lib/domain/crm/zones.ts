// Time zones of people: how they are kept, named, found, and what time it is there.
//
// A zone is kept by its name in the time zone database (https://www.iana.org/time-zones), as the
// program guesses it. Whatever else was typed into the field once stays as it is.

const MINUTE_MS = 60_000;

/** Names that web views still go by, and those that the database has given the zones since. */
const RENAMED: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

/** A zone as it is offered. */
export interface Zone {
  /** In the form in which it is kept. */
  id: string;
  /** Its city, with the region where the database has one: "Knox, Indiana". */
  name: string;
  /** "UTC+5:30", at the moment that was asked for. */
  offset: string;
  /** Names that it is found by, whatever the language. */
  words: string;
}

/** What a zone is called in the language of the window. */
export interface ZoneWords {
  /** Countries whose clocks go by it. */
  countries: string;
  /** All names that it is found by. */
  all: string;
}

const formats = new Map<string, Intl.DateTimeFormat | null>();

/** Making a format takes longer than using it, so each is made once; `null` where there is no such zone. */
function format(locale: string, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat | null {
  const key = `${locale} ${zone} ${Object.keys(options).join(' ')}`;
  let made = formats.get(key);
  if (made === undefined) {
    try {
      made = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
    } catch {
      // Whatever was typed means nothing to the browser.
      made = null;
    }
    formats.set(key, made);
  }
  return made;
} // prettier-ignore

/** The one name that the web view has for all names of a zone; `null` where it knows none such. */
const canonical = (zone: string) => format('en', zone, {})?.resolvedOptions().timeZone ?? null;

const current = (zone: string) => {
  const renamed = RENAMED[zone];
  return renamed !== undefined && canonical(renamed) !== null ? renamed : zone;
};

/** A zone as it is kept, under whichever of its names; `null` where a text names none. */
export function zoneOf(text: string): string | null {
  const known = text.trim() === '' ? null : canonical(text.trim());
  return known === null ? null : current(known);
}

/** What a calendar and a clock there show, as if it were UTC. */
function clock(zone: string, now: number): number | null {
  const parts = format('en', zone, {
    hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric',
  })?.formatToParts(now); // prettier-ignore
  if (!parts) return null;
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((one) => one.type === type)?.value);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
}

/** Minutes that a zone is ahead of UTC; `null` where there is no such zone. */
function ahead(zone: string, now: number): number | null {
  const there = clock(zone, now);
  // The clock there shows no seconds.
  return there === null ? null : Math.floor(there / MINUTE_MS) - Math.floor(now / MINUTE_MS);
}

const twoDigits = (value: number) => String(value).padStart(2, '0');

/** "UTC+3", "UTC−4:30". */
function offsetWords(minutes: number, minus = '−'): string {
  const hours = Math.floor(Math.abs(minutes) / 60);
  const rest = Math.abs(minutes) % 60;
  return `UTC${minutes < 0 ? minus : '+'}${hours}${rest === 0 ? '' : `:${twoDigits(rest)}`}`;
}

/** Other ways to type an offset: "-3", "GMT+3", "+03:00". */
function offsetsTyped(minutes: number): string {
  const [plain, hours] = [offsetWords(minutes, '-').slice(3), Math.floor(Math.abs(minutes) / 60)];
  return `UTC${plain} GMT${plain} ${plain[0]}${twoDigits(hours)}:${twoDigits(Math.abs(minutes) % 60)}`;
}

/** "Knox, Indiana" of `America/Indiana/Knox`. */
const cityOf = (zone: string) =>
  zone.split('/').slice(zone.includes('/') ? 1 : 0).toReversed().join(', ').replaceAll('_', ' '); // prettier-ignore

/** A value of the field as it is shown: a city, or the text that names no zone. */
export function zoneName(value: string): string {
  const zone = zoneOf(value);
  return zone === null ? value : cityOf(zone);
}

/** A value in full: zone and offset, or the text that names no zone. */
export function zoneInFull(value: string, now: number): string {
  const [zone, minutes] = [zoneOf(value), ahead(value, now)];
  return zone === null || minutes === null ? value : `${zone} · ${offsetWords(minutes)}`;
}

/** The time of day there, as the language writes it, and whether people sleep; `null` where nobody knows. */
export function timeThere(value: string, locale: string, now: number): { time: string; night: boolean } | null {
  const time = format(locale, value, { timeStyle: 'short' })?.format(now);
  const there = value.trim() === '' ? null : clock(value, now);
  if (time === undefined || there === null) return null;
  const hour = new Date(there).getUTCHours();
  return { time, night: hour >= 22 || hour < 8 };
} // prettier-ignore

/** Every zone, from west to east. */
export function zonesAt(now: number): Zone[] {
  const { compare } = new Intl.Collator('en');
  return Intl.supportedValuesOf('timeZone')
    .map((known) => {
      const id = current(known);
      const minutes = ahead(id, now) ?? 0;
      return { id, name: cityOf(id), minutes, words: `${id} ${known} ${offsetsTyped(minutes)}` };
    })
    .toSorted((a, b) => a.minutes - b.minutes || compare(a.name, b.name))
    .map(({ minutes, ...zone }) => ({ ...zone, offset: offsetWords(minutes) }));
}

/** Not yet in TypeScript's own types; Safari has it as a property alone. */
type Located = Intl.Locale & { getTimeZones?: () => string[]; timeZones?: string[] };

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** Two letters that mean no country but a test, the unknown, or all of them together. */
const NO_COUNTRY = new Set(['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ']);

const named = new Map<string, ReadonlyMap<string, ZoneWords>>();

/** Names in a language, as far as the web view has them; asked for after the list is there, since it takes a while. */
export function zoneWordsIn(locale: string): ReadonlyMap<string, ZoneWords> {
  let words = named.get(locale);
  if (!words) named.set(locale, (words = madeWords(locale)));
  return words;
}

function madeWords(locale: string): Map<string, ZoneWords> {
  const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' });
  const words = new Map<string, ZoneWords>();
  for (const code of LETTERS.flatMap((first) => LETTERS.map((second) => first + second))) {
    const country = NO_COUNTRY.has(code) ? undefined : names.of(code);
    if (country === undefined) continue;
    const place: Located = new Intl.Locale(`und-${code}`);
    const zones = place.getTimeZones?.() ?? place.timeZones ?? [];
    for (const zone of zones) {
      const id = current(zone);
      const before = words.get(id);
      // Some codes are old ones of the same country.
      if (before?.countries.split(', ').includes(country)) continue;
      const countries = before ? `${before.countries}, ${country}` : country;
      // A country with several zones has them named by their cities.
      const city = before?.all ?? (zones.length > 1 ? genericName(locale, id) : '');
      words.set(id, { countries, all: before ? `${city}, ${country}` : `${city} ${country}` });
    }
  }
  return words;
}

function genericName(locale: string, zone: string): string {
  const parts = format(locale, zone, { timeZoneName: 'shortGeneric' })?.formatToParts(0) ?? [];
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}
