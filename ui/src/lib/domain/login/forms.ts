// What the login forms accept. The words for what is wrong come from the catalogues.

import * as v from 'valibot';

/** Telegram's app id: a positive number that fits 31 bits. */
export const apiId = v.pipe(
  v.string(),
  v.trim(),
  v.regex(/^\d{1,10}$/),
  v.transform(Number),
  v.minValue(1),
  v.maxValue(2 ** 31 - 1),
);

/** 32 hexadecimal digits. */
export const apiHash = v.pipe(v.string(), v.trim(), v.toLowerCase(), v.regex(/^[\da-f]{32}$/));

/** A phone number in international form; people write it with spaces, dashes and brackets. */
export const phone = v.pipe(
  v.string(),
  v.transform((text) => text.replace(/[\s().\-\u00a0]/g, '')),
  v.regex(/^\+\d{7,15}$/),
);

/** The text of a profile file. */
export const profile = v.pipe(v.string(), v.trim(), v.minLength(1));

/** The value of a sound input, or `null`. */
export function parsed<S extends v.GenericSchema>(
  schema: S,
  input: unknown,
): v.InferOutput<S> | null {
  const result = v.safeParse(schema, input);
  return result.success ? result.output : null;
}
