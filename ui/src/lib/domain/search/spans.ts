// Lengths of time as they are typed: `2d`, `>4h`. The command line reads the same
// (crates/model/src/query/spans.rs): a file of cases holds the two together.

/** Ten years: more than any chat is old. */
const MOST_MINUTES = 5_256_000;
const DAY = 1440;

/** How many minutes a unit is, by its name in any of the languages. */
const units: Record<string, number> = {
  m: 1, min: 1, м: 1, мин: 1, хв: 1, h: 60, ч: 60, час: 60, г: 60, год: 60,
  d: DAY, д: DAY, дн: DAY, w: 7 * DAY, н: 7 * DAY, нед: 7 * DAY, тиж: 7 * DAY,
}; // prettier-ignore

/** Minutes of a length of time; "more than" and "at least" mean what the bare length does. */
export function minutesOf(typed: string): number | null {
  const { number, unit = '' } = /^>?=?\s*(?<number>\d+)\s*(?<unit>\p{L}+)$/u.exec(typed.toLowerCase())?.groups ?? {}; // prettier-ignore
  const minutes = Number(number) * (units[unit] ?? NaN);
  return minutes <= MOST_MINUTES ? minutes : null;
}

/** Days of a length of time that is made of whole ones. */
export function daysOf(typed: string): number | null {
  const minutes = minutesOf(typed);
  return minutes !== null && minutes % DAY === 0 ? minutes / DAY : null;
}
