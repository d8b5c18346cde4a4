// The language of the window. Messages read it while they render, so a change redraws them.

import { hasMessages, loadMessages } from '$lib/messages';
import { baseLocale, isLocale, overwriteGetLocale, type Locale } from '$lib/paraglide/runtime.js';

/** Languages with a whole catalogue, under their own names. */
export const languages: readonly { id: Locale; name: string }[] = [
  { id: 'en', name: 'English' },
  { id: 'ru', name: 'Русский' },
  { id: 'uk', name: 'Українська' },
];

let current = $state<Locale>(baseLocale);
/** While something is said in another language than the one shown. */
let meanwhile: Locale | null = null;
overwriteGetLocale(() => meanwhile ?? current);

/** The language shown now. */
export function locale(): Locale {
  return meanwhile ?? current;
}

/** What is said in a language, whichever is shown; texts are made while it runs. */
export function saidIn<T>(language: Locale, say: () => T): T {
  const before = meanwhile;
  meanwhile = language;
  try {
    return say();
  } finally {
    meanwhile = before;
  }
}

/** The first of the system's languages that has a catalogue. */
function ofSystem(): Locale {
  for (const tag of navigator.languages) {
    const [primary] = tag.split('-');
    if (isLocale(primary)) return primary;
  }
  return baseLocale;
}

/** The language that was asked for last: its texts may still be on their way. */
let wanted: Locale = baseLocale;

/**
 * Shows a language; `null` or an unknown one means the system's. Resolves when it is shown, which
 * is at once where its texts are there.
 */
export async function useLocale(language: string | null): Promise<void> {
  const next = (wanted = isLocale(language) ? language : ofSystem());
  if (!hasMessages(next)) await loadMessages(next);
  if (next !== wanted) return;
  current = next;
  document.documentElement.lang = next;
}
