// On which day the week begins: days count from 1 for Monday to 7 for Sunday, as in ISO 8601.

import { locale } from './locale.svelte';

interface WeekInfo {
  firstDay: number;
}
/** Newer than TypeScript's library; older browsers had it as a property. */
type WithWeek = Intl.Locale & { getWeekInfo?: () => WeekInfo; weekInfo?: WeekInfo };

let wanted = $state(0);

/** Begins weeks on a day; 0 means as usual in the language. */
export function useFirstWeekday(day: number): void {
  wanted = day;
}

/** The day that weeks begin with where the operator chose none. */
export function usualFirstWeekday(): number {
  // "English" alone is American; the system knows which English is meant.
  const tag = navigator.languages.find((one) => one.split('-')[0] === locale()) ?? locale();
  const known: WithWeek = new Intl.Locale(tag);
  return known.getWeekInfo?.().firstDay ?? known.weekInfo?.firstDay ?? 1;
}

/** The day that weeks begin with. */
export function firstWeekday(): number {
  return wanted || usualFirstWeekday();
}

/** The days of a week in their order. */
export function weekdays(): number[] {
  const first = firstWeekday();
  return Array.from({ length: 7 }, (_, step) => ((first - 1 + step) % 7) + 1);
}
