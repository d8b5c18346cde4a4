// Working hours as the form shows them.

import type { WorkingHours } from '$lib/backend';

/** What "only at set times" starts with. */
export const usualHours: WorkingHours = { days: [1, 2, 3, 4, 5], from: 9 * 60, to: 18 * 60 };

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
