// The language of the window. Messages read it while they render, so a change redraws them.

import { baseLocale, isLocale, overwriteGetLocale, type Locale } from '$lib/paraglide/runtime.js';

/** Languages with a whole catalogue, under their own names. */
export const languages: readonly { id: Locale; name: string }[] = [
  { id: 'en', name: 'English' },
  { id: 'ru', name: 'Русский' },
  { id: 'uk', name: 'Українська' },
];

let current = $state<Locale>(baseLocale);
overwriteGetLocale(() => current);

/** The language shown now. */
export function locale(): Locale {
  return current;
}

/** The first of the system's languages that has a catalogue. */
function ofSystem(): Locale {
  for (const tag of navigator.languages) {
    const [primary] = tag.split('-');
    if (isLocale(primary)) return primary;
  }
  return baseLocale;
}

/** Shows a language; `null` or an unknown one means the system's. */
export function useLocale(wanted: string | null): void {
  current = isLocale(wanted) ? wanted : ofSystem();
  document.documentElement.lang = current;
}
