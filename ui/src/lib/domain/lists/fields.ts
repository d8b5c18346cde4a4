import type { Field } from '$lib/backend';
import { m } from '$lib/messages';
import { cleanName } from '$lib/shared/text';

const builtin: Record<string, () => string> = {
  language: m.cond_field_language,
  time_zone: m.cond_field_time_zone,
  source: m.cond_field_source,
};

/** Name of a field; one that came with the program is named in the window's language. */
export function fieldName(field: Pick<Field, 'name' | 'builtin'>): string {
  return cleanName(field.name) || builtin[field.builtin ?? '']?.() || m.no_name();
}
