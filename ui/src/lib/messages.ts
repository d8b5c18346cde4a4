// The message catalogues, under one name: `m.reply()` is "Reply", "Ответить" or "Відповісти".
//
// Each language is a script of its own. All three in one were two thirds of what a web view read
// and compiled before the first screen stood.

import type { m as AllMessages } from '$lib/paraglide/messages.js';
import { getLocale, type Locale } from '$lib/paraglide/runtime.js';

type Say = (inputs?: unknown) => string;
type Catalogue = Record<string, Say>;

const scripts: Record<Locale, () => Promise<unknown>> = {
  en: () => import('$lib/paraglide/messages/en.js'),
  ru: () => import('$lib/paraglide/messages/ru.js'),
  uk: () => import('$lib/paraglide/messages/uk.js'),
};

const catalogues: Partial<Record<Locale, Catalogue>> = {};
/** Whichever language was read first: what is said while another one is still on its way. */
let first: Catalogue | undefined;

/** Whether a language's texts are there. */
export const hasMessages = (locale: Locale): boolean => catalogues[locale] !== undefined;

/** Reads a language's texts, unless they are there. */
export async function loadMessages(locale: Locale): Promise<void> {
  if (hasMessages(locale)) return;
  const catalogue = (await scripts[locale]()) as Catalogue;
  catalogues[locale] = catalogue;
  first ??= catalogue;
}

const said: Catalogue = {};

/** Messages may be taken before their texts are there, by tables of them for instance. */
export const m = new Proxy(said, {
  get: (_, key: string) =>
    (said[key] ??= (inputs) => (catalogues[getLocale()] ?? first)?.[key]?.(inputs) ?? key),
}) as unknown as typeof AllMessages;
