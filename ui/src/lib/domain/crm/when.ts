// Moments to come: the usual ones, and those that are typed in any of the window's languages.

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** When a day begins and ends for those who name no time. */
const MORNING = 9;
const EVENING = 18;

/** One of the usual moments. */
export interface Preset {
  id: 'later' | 'evening' | 'tomorrow' | 'weekend' | 'next_weekend' | 'week';
  ms: number;
}

/** An hour of the day that is so many days after that of `now`. */
function at(now: number, days: number, hours: number, minutes = 0): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, hours, minutes).getTime(); // prettier-ignore
}

/** Days from `now` to the next weekday (0 for Sunday), at least one. */
function daysTo(now: number, weekday: number): number {
  return ((weekday - new Date(now).getDay() + 6) % 7) + 1;
}

/** The usual moments, those that make sense now, the first one first. */
export function presets(now: number): Preset[] {
  // Three hours from now, on a full half hour.
  const half = HOUR_MS / 2;
  const later = Math.ceil((now + 3 * HOUR_MS) / half) * half;
  const evening = at(now, 0, EVENING);
  const tomorrow = at(now, 1, MORNING);
  const weekend = at(now, daysTo(now, 6), 10);
  const week = at(now, daysTo(now, 1), MORNING);
  const all: Preset[] = [
    { id: 'later', ms: later },
    { id: 'evening', ms: evening },
    { id: 'tomorrow', ms: tomorrow },
    // Within a weekend, the one to come is another.
    { id: [0, 6].includes(new Date(now).getDay()) ? 'next_weekend' : 'weekend', ms: weekend },
    { id: 'week', ms: week },
  ];
  const sensible = all.filter(({ id, ms }) => {
    if (id === 'later') return ms < at(now, 0, 23);
    if (id === 'evening') return ms > now + HOUR_MS;
    // On a Sunday, the next week is tomorrow.
    if (id === 'week') return ms > tomorrow;
    return true;
  });
  return sensible.toSorted((a, b) => a.ms - b.ms);
}

const todays = ['today', 'сегодня', 'сьогодні'];
const tomorrows = ['tomorrow', 'завтра'];
const after = ['послезавтра', 'післязавтра'];
const small = ['in', 'at', 'on', 'в', 'во', 'у', 'о', 'об', 'на', 'за', 'через', 'until', 'до'];
const weekdays = [
  ['sun', 'вс', 'воск', 'нд', 'неділ'],
  ['mon', 'пн', 'понед'],
  ['tue', 'вт', 'вівт'],
  ['wed', 'ср', 'серед'],
  ['thu', 'чт', 'четв'],
  ['fri', 'пт', 'пят', "п'ят", 'п’ят'],
  ['sat', 'сб', 'суб'],
];
const months = [
  ['jan', 'янв', 'січ'], ['feb', 'фев', 'лют'], ['mar', 'мар', 'бер'], ['apr', 'апр', 'кві'],
  ['may', 'май', 'мая', 'тра'], ['jun', 'июн', 'чер'], ['jul', 'июл', 'лип'],
  ['aug', 'авг', 'серп'], ['sep', 'сен', 'вер'], ['oct', 'окт', 'жов'], ['nov', 'ноя', 'лис'],
  ['dec', 'дек', 'гру'],
]; // prettier-ignore
const units: [string[], number][] = [
  [['month', 'mo', 'мес', 'міс'], 30 * DAY_MS],
  [['min', 'm', 'мин', 'м', 'хв'], 60_000],
  [['hour', 'hr', 'h', 'час', 'ч', 'год'], HOUR_MS],
  [['day', 'd', 'дн', 'ден', 'д'], DAY_MS],
  [['week', 'w', 'нед', 'тиж'], 7 * DAY_MS],
];

const begins = (word: string, prefixes: readonly string[]) =>
  prefixes.some((prefix) => word.startsWith(prefix));
const indexOf = (word: string, lists: readonly (readonly string[])[]) =>
  lists.findIndex((prefixes) => begins(word, prefixes));
const unitOf = (word: string) => units.find(([prefixes]) => begins(word, prefixes))?.[1];

/** What was understood so far. */
interface Said {
  /** From now on. */
  span?: number;
  /** Days after today. */
  days?: number;
  weekday?: number;
  date?: { year: number | null; month: number; day: number };
  time?: { hours: number; minutes: number };
}

/** A moment that was typed, later than `now`; `null` where nothing sensible was. */
export function parseWhen(text: string, now: number): number | null {
  // "2h" is "2 h"; the rest of the words stand apart already.
  const spaced = text.toLowerCase().replace(/(\d)(?=\p{L})/gu, '$1 ');
  const words = spaced.split(/[\s,]+/).filter((word) => word !== '' && !small.includes(word));
  if (words.length === 0) return null;
  const said: Said = {};
  for (let index = 0; index < words.length;) {
    const taken = take(words[index] ?? '', words[index + 1] ?? '', said);
    if (taken === 0) return null;
    index += taken;
  }
  const ms = momentOf(said, now);
  return ms !== null && ms > now ? ms : null;
}

/** Understands one word, or two; answers how many. */
function take(word: string, next: string, said: Said): number {
  const clock = /^(\d{1,2}):(\d{2})$/.exec(word);
  if (clock) return takeTime(said, Number(clock[1]), Number(clock[2]), next);
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(word);
  if (iso) return takeDate(said, Number(iso[1]), Number(iso[2]) - 1, Number(iso[3]));
  const dotted = /^(\d{1,2})([./])(\d{1,2})(?:\2(\d{4}|\d{2}))?$/.exec(word);
  if (dotted) return takeDotted(said, dotted);
  const number = /^\+?(\d{1,4})$/.exec(word);
  if (number) return takeNumber(said, Number(number[1]), next);
  return takeWord(said, word, next);
}

function takeTime(said: Said, hours: number, minutes: number, next: string): number {
  const half = next === 'am' || next === 'pm';
  const turned = half ? (hours % 12) + (next === 'pm' ? 12 : 0) : hours;
  if (turned > 23 || minutes > 59 || said.time) return 0;
  said.time = { hours: turned, minutes };
  return half ? 2 : 1;
}

function takeDate(said: Said, year: number | null, month: number, day: number): number {
  const last = new Date(year ?? 2024, month + 1, 0).getDate();
  if (said.date || month < 0 || month > 11 || day < 1 || day > last) return 0;
  said.date = { year, month, day };
  return 1;
}

function takeDotted(said: Said, [, one, mark, two, year]: RegExpExecArray): number {
  const full = year === undefined ? null : Number(year.length === 2 ? `20${year}` : year);
  const [first, second] = [Number(one), Number(two)];
  // 12/25 can only be meant the American way.
  const american = mark === '/' && second > 12;
  return american ? takeDate(said, full, first - 1, second) : takeDate(said, full, second - 1, first);
} // prettier-ignore

function takeNumber(said: Said, value: number, next: string): number {
  if (next === 'am' || next === 'pm') return takeTime(said, value, 0, next);
  const month = indexOf(next, months);
  if (month >= 0) return takeDate(said, null, month, value) * 2;
  const unit = next === '' ? undefined : unitOf(next);
  if (unit === undefined) return takeTime(said, value, 0, '');
  said.span = (said.span ?? 0) + value * unit;
  return 2;
}

function takeWord(said: Said, word: string, next: string): number {
  if (begins(word, after)) said.days = 2;
  else if (begins(word, tomorrows)) said.days = 1;
  else if (begins(word, todays)) said.days = 0;
  else if (indexOf(word, months) >= 0 && /^\d{1,2}$/.test(next)) {
    return takeDate(said, null, indexOf(word, months), Number(next)) * 2;
  } else {
    const weekday = indexOf(word, weekdays);
    if (weekday < 0) return 0;
    said.weekday = weekday;
  }
  return 1;
}

function momentOf({ span, days, weekday, date, time }: Said, now: number): number | null {
  const kinds = [span, days, weekday, date].filter((kind) => kind !== undefined);
  if (kinds.length > 1) return null;
  if (span !== undefined) {
    if (!time) return now + span;
    return at(now, Math.round(span / DAY_MS), time.hours, time.minutes);
  }
  const { hours, minutes } = time ?? { hours: days === 0 ? EVENING : MORNING, minutes: 0 };
  if (date) return dated(date, hours, minutes, now);
  if (days !== undefined) return at(now, days, hours, minutes);
  if (weekday !== undefined) {
    const today = at(now, 0, hours, minutes);
    const same = new Date(now).getDay() === weekday && today > now;
    return same ? today : at(now, daysTo(now, weekday), hours, minutes);
  }
  const today = at(now, 0, hours, minutes);
  return today > now ? today : at(now, 1, hours, minutes);
}

/** A day without its year is the next one of its name. */
function dated({ year, month, day }: NonNullable<Said['date']>, hours: number, minutes: number, now: number): number {
  const first = year ?? new Date(now).getFullYear();
  const ms = new Date(first, month, day, hours, minutes).getTime();
  return year === null && ms <= now ? new Date(first + 1, month, day, hours, minutes).getTime() : ms;
} // prettier-ignore
