// Languages as they are named in the window.

import { locale } from '$lib/shared/locale.svelte';

/** Languages that are offered for templates, beside those that some template has. */
export const offered = [
  'en', 'ru', 'uk', 'ar', 'be', 'bg', 'cs', 'de', 'el', 'es', 'et', 'fi', 'fr', 'he', 'hi', 'hu',
  'hy', 'id', 'it', 'ka', 'kk', 'ky', 'lt', 'lv', 'nl', 'pl', 'pt', 'ro', 'sk', 'sr', 'sv', 'tr',
  'uz', 'vi', 'zh',
] as const; // prettier-ignore

/** A language's name in the language of the window. */
export function languageName(tag: string): string {
  try {
    const name = new Intl.DisplayNames([locale()], { type: 'language' }).of(tag) ?? tag;
    return name.charAt(0).toLocaleUpperCase(locale()) + name.slice(1);
  } catch {
    return tag;
  }
}
