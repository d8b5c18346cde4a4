// Times of day as minutes, and as the language writes them: "9:00 AM", "09:00".

import type { Form } from './digits';
import { time } from './format';

export const timeForm: Form = {
  parts: [
    { width: 2, most: 23 },
    { width: 2, most: 59 },
  ],
  mark: ':',
};

export type Half = 'AM' | 'PM';
const DAY = 1440;

/** A minute of the day as the window's language writes it; midnight at its end is its beginning. */
export function timeWritten(minute: number): string {
  // No clock is changed on a day in January.
  return time(new Date(2024, 0, 10, Math.floor(minute / 60) % 24, minute % 60).getTime());
}

/** Whether the window's language tells the halves of a day apart. */
export const inHalves = (): boolean => /m$/i.test(timeWritten(0));

/** The minute of the day that was typed; `null` where it is no whole time. */
export function timeRead(text: string): number | null {
  const [, hours, minutes, half] =
    /^(\d{1,2})(?:\s*[:.]?\s*(\d{2}))?\s*([ap])?\.?(?:m\.?)?$/i.exec(text.trim()) ?? [];
  if (hours === undefined || (minutes === undefined && half === undefined)) return null;
  const [hour, minute] = [Number(hours), Number(minutes ?? 0)];
  if (hour > 23 || minute > 59) return null;
  const ofDay = hourOfDay(hour, half);
  return ofDay === null ? null : ofDay * 60 + minute;
}

/** The hour of the day; `null` where there is none such in its half, as there is no "13 AM". */
function hourOfDay(hour: number, half: string | undefined): number | null {
  const late = half?.toLowerCase() === 'p';
  if (half === undefined) return hour;
  if (hour > 12) return late ? hour : null;
  return (hour % 12) + (late ? 12 : 0);
}

/** What was typed, in the other half of the day or in the same. */
export function withHalf(text: string, half: Half): string {
  return `${text.replace(/\s*[ap]\.?m?\.?\s*$/i, '')} ${half}`;
}

/** The minute with its hour, its minute or its half of the day moved on, each for itself. */
export function timeStepped(minute: number, part: 'hour' | 'minute' | 'half', by: number): number {
  if (part === 'minute') return minute - (minute % 60) + (((minute % 60) + by + 60) % 60);
  return (minute + (part === 'hour' ? 60 : 720) * by + DAY) % DAY;
}
