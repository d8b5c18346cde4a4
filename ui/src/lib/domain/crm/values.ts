// Values of fields, as they are kept and as they are typed.

import type { Field } from '$lib/backend';

/** Currencies that are offered first; any other of three letters may be typed before. */
export const currencies = [
  'EUR',
  'USD',
  'UAH',
  'RUB',
  'GBP',
  'PLN',
  'CZK',
  'KZT',
  'TRY',
  'GEL',
] as const;

/** The amount and the currency of "1250.00 EUR". */
export function moneyOf(value: string): { amount: string; currency: string } {
  const [amount = '', currency = ''] = value.split(' ');
  return { amount, currency: currency || currencies[0] };
}

/** A number as people write it, "1 250,5", in the form in which it is kept; `null` where it is none. */
export function numberTyped(text: string): string | null {
  const bare = text.replace(/[\s\u00a0\u202f']/g, '').replace(',', '.');
  return /^[+-]?\d+(\.\d+)?$/.test(bare) ? bare.replace(/^\+/, '') : null;
}

/** What was typed in the form in which it is kept: `null` clears, `undefined` does not fit. */
export function valueTyped(kind: Field['kind'], text: string, currency: string): string | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  switch (kind) {
    case 'text':
      return trimmed.length <= 500 ? trimmed : undefined;
    case 'number':
      return numberTyped(trimmed) ?? undefined;
    case 'money': {
      const amount = numberTyped(trimmed);
      return amount === null ? undefined : `${amount} ${currency}`;
    }
    case 'date':
    case 'choice':
      return trimmed;
  }
} // prettier-ignore

/** A value as it is written: a language by its name, where it has one. */
export function written({ builtin }: Pick<Field, 'builtin'>, value: string, locale: string): string {
  if (builtin !== 'language') return value;
  try {
    const names = new Intl.DisplayNames(locale, { type: 'language', fallback: 'none' });
    return names.of(value) ?? value;
  } catch {
    // Whatever the operator typed is kept as it is; it only means nothing to the browser.
    return value;
  }
} // prettier-ignore
