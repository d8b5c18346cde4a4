// Values of fields as the table shows them.

import type { Field } from '$lib/backend';
import { moneyOf, written } from '$lib/domain/crm/values';
import { zoneName } from '$lib/domain/crm/zones';
import { fullDate } from '$lib/shared/format';
import { locale } from '$lib/shared/locale.svelte';
import { cleanName } from '$lib/shared/text';

/** A value as the language writes it; what it does not understand stays as it is. */
export function valueWords(field: Field, value: string): string {
  switch (field.kind) {
    case 'number':
      return numberWords(value) ?? value;
    case 'money': {
      const { amount, currency } = moneyOf(value);
      return numberWords(amount, currency) ?? value;
    }
    case 'date': {
      const [year = 0, month = 0, day = 0] = value.split('-').map(Number);
      return year > 0 ? fullDate(new Date(year, month - 1, day).getTime()) : value;
    }
    default:
      return cleanName(field.builtin === 'time_zone' ? zoneName(value) : written(field, value, locale())); // prettier-ignore
  }
}

function numberWords(amount: string, currency?: string): string | null {
  const number = Number(amount);
  if (amount === '' || !Number.isFinite(number)) return null;
  try {
    return new Intl.NumberFormat(
      locale(),
      currency === undefined
        ? { maximumFractionDigits: 20 }
        : { style: 'currency', currency, minimumFractionDigits: 0, maximumFractionDigits: 2 },
    ).format(number);
  } catch {
    return null;
  }
}

/** What is typed to change a value: the amount with its currency, the rest as kept. */
export function typedWords(field: Field, value: string): string {
  if (field.kind !== 'money' || value === '') return value;
  const { amount, currency } = moneyOf(value);
  return `${amount} ${currency}`;
}

/** An amount and the currency after it, if one was typed: "1 250,50 uah". */
export function moneyTyped(text: string, usual: string): { amount: string; currency: string } {
  const found = /^(.*?)\s*([a-z]{3})$/i.exec(text.trim());
  return { amount: found?.[1] ?? text, currency: found?.[2]?.toUpperCase() ?? usual };
}
