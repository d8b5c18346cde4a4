// Dates, times and numbers as the language writes them.

import { m } from '$lib/messages';
import { locale } from './locale.svelte';

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();
const numbers = new Map<string, Intl.NumberFormat>();

/** Making a format takes longer than using it, so each is made once. */
function dateFormat(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale()} ${name}`;
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.DateTimeFormat(locale(), options)));
  return format;
}

function numberFormat(name: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale()} ${name}`;
  let format = numbers.get(key);
  if (!format) numbers.set(key, (format = new Intl.NumberFormat(locale(), options)));
  return format;
}

function startOfDay(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0);
}

/** Whole days between two moments' calendar days. */
export function daysBetween(earlierMs: number, laterMs: number): number {
  // Rounded, since a day of a clock change has 23 or 25 hours.
  return Math.round((startOfDay(laterMs) - startOfDay(earlierMs)) / DAY_MS);
}

/** Whether two moments, in Unix seconds, stand on one calendar day. */
export function sameDay(a: number, b: number): boolean {
  return startOfDay(a * 1000) === startOfDay(b * 1000);
}

/** "14:32". */
export function time(ms: number): string {
  return dateFormat('time', { timeStyle: 'short' }).format(ms);
}

/** The shortest unmistakable date for a list: time today, weekday this week, else the date. */
export function listDate(ms: number, now: number): string {
  const days = daysBetween(ms, now);
  if (days <= 0) return time(ms);
  if (days < 7) return dateFormat('weekday', { weekday: 'short' }).format(ms);
  if (new Date(ms).getFullYear() === new Date(now).getFullYear()) {
    return dateFormat('day', { day: 'numeric', month: 'short' }).format(ms);
  }
  return dateFormat('date', { day: '2-digit', month: '2-digit', year: '2-digit' }).format(ms);
}

/** The heading of a day in a conversation. */
export function dayHeading(ms: number, now: number): string {
  const days = daysBetween(ms, now);
  if (days === 0) return m.today();
  if (days === 1) return m.yesterday();
  const thisYear = new Date(ms).getFullYear() === new Date(now).getFullYear();
  return thisYear
    ? dateFormat('heading', { weekday: 'short', day: 'numeric', month: 'long' }).format(ms)
    : dateFormat('longHeading', { day: 'numeric', month: 'long', year: 'numeric' }).format(ms);
}

/** A date in full, for details. */
export function fullDate(ms: number): string {
  return dateFormat('full', { day: 'numeric', month: 'long', year: 'numeric' }).format(ms);
}

/** A moment in full, for tooltips. */
export function moment(ms: number): string {
  return dateFormat('moment', { dateStyle: 'full', timeStyle: 'short' }).format(ms);
}

/** "12,345". */
export function count(value: number): string {
  return numberFormat('count', {}).format(value);
}

/** A badge: "99+" beyond 999. */
export function badge(value: number): string {
  return value > 999 ? `${count(999)}+` : count(value);
}

/** "60 %" of a share in 0..1. */
export function percent(share: number): string {
  return numberFormat('percent', { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

/** As a percentage; one that would round to none, though there is some, is less than one. */
export function someOf(share: number): string {
  return share > 0 && share < 0.005 ? `<${percent(0.01)}` : percent(share);
}

/** "1.4 GB": bytes in the unit that keeps them short, by thousands as file managers count. */
export function bytes(value: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  const power = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3));
  return numberFormat(`bytes ${power}`, {
    style: 'unit',
    unit: units[power],
    maximumFractionDigits: power < 2 ? 0 : 1,
  }).format(value / 1000 ** power);
}

/** "48 ms". */
export function milliseconds(value: number): string {
  const text = numberFormat('ms', { style: 'unit', unit: 'millisecond', maximumFractionDigits: 0 }).format(value); // prettier-ignore
  // The number does not end a line without its unit.
  return text.replace(' ', '\u00a0');
}

const SPANS = [
  { unit: 'day', ms: DAY_MS },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
  { unit: 'second', ms: 1000 },
] as const;

/** The largest unit of which a span holds at least one. */
function unitOf(ms: number): (typeof SPANS)[number] {
  return SPANS.find((span) => Math.abs(ms) >= span.ms) ?? SPANS[3];
}

/** "3 minutes", of a span of time. */
export function duration(ms: number): string {
  const { unit, ms: one } = unitOf(ms);
  return numberFormat(unit, { style: 'unit', unit, unitDisplay: 'long' }).format(
    Math.round(ms / one),
  );
}

/** "45 min", "3 h": minutes of work. They are not made days of, since a day of work is not 24 hours. */
export function hoursOf(minutes: number): string {
  const [unit, value] = minutes < 60 ? ['minute', minutes] : ['hour', Math.floor(minutes / 60)];
  return numberFormat(`short ${unit}`, { style: 'unit', unit, unitDisplay: 'short' }).format(value);
}

const relatives = new Map<string, Intl.RelativeTimeFormat>();

/** "3 minutes ago". */
export function ago(ms: number, now: number): string {
  let format = relatives.get(locale());
  if (!format) relatives.set(locale(), (format = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }))); // prettier-ignore
  const past = Math.max(0, now - ms);
  const { unit, ms: one } = unitOf(past);
  return format.format(-Math.round(past / one), unit);
}

/** "21 Nov, 14:32"; "Nov 21, 2:32 PM" where the clock has twelve hours. */
export function shortMoment(ms: number): string {
  const { hour12 } = dateFormat('hour', { hour: 'numeric' }).resolvedOptions();
  return dateFormat('short', {
    day: 'numeric', month: 'short', hour: hour12 ? 'numeric' : '2-digit', minute: '2-digit',
  }).format(ms); // prettier-ignore
}

/** "Mon" for 1 to "Sun" for 7, as ISO 8601 counts them. */
export function weekday(day: number): string {
  // 1 January 2024 was a Monday.
  return dateFormat('weekday', { weekday: 'short' }).format(new Date(2024, 0, day));
}

/** "Monday" for 1 to "Sunday" for 7. */
export function longWeekday(day: number): string {
  return dateFormat('longWeekday', { weekday: 'long' }).format(new Date(2024, 0, day));
}

/** A language's name in the window's language. */
export function languageName(tag: string): string {
  return new Intl.DisplayNames(locale(), { type: 'language' }).of(tag) ?? tag;
}

/** A moment soon to come: the time today, "Sat, 09:00" within a week, else with its date. */
export function soonMoment(ms: number, now: number): string {
  const days = daysBetween(now, ms);
  if (days === 0) return time(ms);
  if (days > 0 && days < 7) {
    return dateFormat('soon', { weekday: 'short', hour: 'numeric', minute: '2-digit' }).format(ms);
  }
  const sameYear = new Date(ms).getFullYear() === new Date(now).getFullYear();
  return sameYear ? shortMoment(ms) : dateFormat('later', { dateStyle: 'medium', timeStyle: 'short' }).format(ms); // prettier-ignore
}

/** "3h", as short as the language allows: in Cyrillic the narrow form is one letter for minutes. */
export function shortSpan(ms: number): string {
  const { unit, ms: one } = unitOf(Math.max(60_000, ms));
  return numberFormat(`narrow ${unit}`, {
    style: 'unit',
    unit,
    unitDisplay: locale() === 'en' ? 'narrow' : 'short',
  }).format(Math.floor(Math.max(60_000, ms) / one));
}

/** The last moment of a moment's day. */
export function endOfDay(ms: number): number {
  return new Date(ms).setHours(23, 59, 59, 999);
}
