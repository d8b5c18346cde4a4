// Days as they are kept, "1990-05-17", and as each language writes them in digits.

import type { Form } from './digits';

type Unit = 'day' | 'month' | 'year';
interface DateForm extends Form {
  order: readonly Unit[];
}

/** Years that a date may be of: birthdays of everybody alive, and plans. */
export const YEARS = { from: 1900, to: 2100 } as const;

const PARTS = {
  day: { width: 2, most: 31 },
  month: { width: 2, most: 12 },
  year: { width: 4, most: YEARS.to },
} as const;

const isUnit = (type: string): type is Unit => type in PARTS;
const two = (value: number) => String(value).padStart(2, '0');
const forms = new Map<string, DateForm>();

/** In which order a language writes a date's parts, and what it puts between them. */
export function dateForm(language: string): DateForm {
  const known = forms.get(language);
  if (known) return known;
  const parts = new Intl.DateTimeFormat(language, {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
  }).formatToParts(0);
  const order = parts.map(({ type }) => type).filter(isUnit);
  const mark = parts.find(({ type }) => type === 'literal')?.value ?? '.';
  const form = { order, mark, parts: order.map((unit) => PARTS[unit]) };
  forms.set(language, form);
  return form;
}

/** A day as it is kept; `null` where the calendar has none such. */
function kept(year: number, month: number, day: number): string | null {
  if (year < YEARS.from || year > YEARS.to || month < 1 || day < 1) return null;
  const date = new Date(year, month - 1, day);
  const same = date.getMonth() === month - 1 && date.getDate() === day;
  return same ? `${year}-${two(month)}-${two(day)}` : null;
}

/** The day of a moment, as it is kept. */
export function dayOf(date: Date): string {
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** A kept day as a language writes it. What is no day stays as it is. */
export function dayWritten(day: string, language: string): string {
  const [, year = '', month = '', date = ''] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? [];
  if (year === '') return day;
  const { order, mark } = dateForm(language);
  return order.map((unit) => ({ day: date, month, year })[unit]).join(mark);
}

/** What was typed as a day to keep: '' where nothing was, `null` where it is no whole date. */
export function dayRead(text: string, language: string): string | null {
  const bare = text.trim();
  if (bare === '') return '';
  const [, ...iso] = /^(\d{4})\D(\d{1,2})\D(\d{1,2})$/.exec(bare) ?? [];
  if (iso.length > 0) return kept(Number(iso[0]), Number(iso[1]), Number(iso[2]));
  const { order } = dateForm(language);
  const widths = order.map((unit) => (unit === 'year' ? '(\\d{4})' : '(\\d{1,2})'));
  const [, ...found] =
    new RegExp(`^${widths.join('\\s*[./,\\s-]\\s*')}$`).exec(bare) ??
    new RegExp(`^${order.map((unit) => `(\\d{${PARTS[unit].width}})`).join('')}$`).exec(bare) ??
    [];
  const value = (unit: Unit) => Number(found[order.indexOf(unit)] ?? 0);
  return kept(value('year'), value('month'), value('day'));
}

/** What was typed in one language, in the order of another. */
export function dayInto(text: string, from: string, to: string): string {
  const day = dayRead(text, from);
  if (day !== null) return dayWritten(day, to);
  const [was, is] = [dateForm(from), dateForm(to)];
  const parts = text.split(was.mark);
  return is.order
    .map((unit) => parts[was.order.indexOf(unit)] ?? '')
    .join(is.mark)
    .replace(/\D+$/, '');
}

/** A day with one of its parts moved on, round from its end to its beginning. */
export function dayStepped(day: string, unit: Unit, by: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const daysOf = (inYear: number, inMonth: number) => new Date(inYear, inMonth, 0).getDate();
  const round = (value: number, least: number, most: number) =>
    value < least ? most : value > most ? least : value;
  const next = {
    year: unit === 'year' ? round(year + by, YEARS.from, YEARS.to) : year,
    month: unit === 'month' ? round(month + by, 1, 12) : month,
  };
  const most = daysOf(next.year, next.month);
  const moved = unit === 'day' ? round(date + by, 1, most) : Math.min(date, most);
  return `${next.year}-${two(next.month)}-${two(moved)}`;
}
