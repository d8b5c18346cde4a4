// Working hours as the form shows them: days, and times of day as "09:00".

import type { WorkingHours } from '$lib/backend';

/** What "only at set times" starts with. */
export const usualHours: WorkingHours = { days: [1, 2, 3, 4, 5], from: 9 * 60, to: 18 * 60 };

/** "09:00" of a minute of the day; midnight at its end is "00:00". */
export function clockOf(minute: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`;
}

/** The minute of the day of "09:00"; `null` where it is none. */
export function minuteOf(clock: string): number | null {
  const [, hours, minutes] = /^(\d{2}):(\d{2})/.exec(clock) ?? [];
  return hours === undefined || minutes === undefined ? null : Number(hours) * 60 + Number(minutes);
}

/** Hours with another day in or out. */
export function withDay(hours: WorkingHours, day: number): WorkingHours {
  const days = hours.days.includes(day)
    ? hours.days.filter((known) => known !== day)
    : [...hours.days, day].toSorted((a, b) => a - b);
  return { ...hours, days };
}

/** What is wrong with hours; `null` where they make sense. */
export function hoursTrouble({ days, from, to }: WorkingHours): 'no_day' | 'order' | null {
  if (days.length === 0) return 'no_day';
  return from < to && to <= 1440 ? null : 'order';
}
