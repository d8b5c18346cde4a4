// What came with the program is named in the window's language until the operator renames it.

import type { ChatStatus, Field, FieldKind, StatusKind } from '$lib/backend';
import { m } from '$lib/messages';
import { cleanName } from '$lib/shared/text';
import { isNamed, type Colour } from './colours';
import type { Preset } from './when';

const statuses: Record<string, () => string> = {
  new: m.status_new,
  in_progress: m.status_in_progress,
  waiting: m.status_waiting,
  done: m.status_done,
  lost: m.status_lost,
};

/** Name of a status. */
export function statusName({ name, builtin }: Pick<ChatStatus, 'name' | 'builtin'>): string {
  return cleanName(name) || (builtin === null ? undefined : statuses[builtin]?.()) || m.no_name();
}

const fields: Record<string, () => string> = {
  language: m.field_language,
  time_zone: m.field_time_zone,
  source: m.field_source,
  opted_out: m.field_opted_out,
};

/** Name of a field. */
export function fieldName({ name, builtin }: Pick<Field, 'name' | 'builtin'>): string {
  return cleanName(name) || (builtin === null ? undefined : fields[builtin]?.()) || m.no_name();
}

const colourNames: Record<Colour, () => string> = {
  red: m.colour_red, orange: m.colour_orange, amber: m.colour_amber, lime: m.colour_lime,
  green: m.colour_green, teal: m.colour_teal, cyan: m.colour_cyan, blue: m.colour_blue,
  indigo: m.colour_indigo, violet: m.colour_violet, pink: m.colour_pink, slate: m.colour_slate,
}; // prettier-ignore

/** A colour in words; a free one by its number. */
export function colourName(colour: string): string {
  return isNamed(colour) ? colourNames[colour]() : colour.toUpperCase();
}

/** Name of one of the usual moments. */
export function presetName(id: Preset['id']): string {
  const names = {
    later: m.when_later,
    evening: m.when_evening,
    tomorrow: m.when_tomorrow,
    weekend: m.when_weekend,
    next_weekend: m.when_next_weekend,
    week: m.when_week,
  };
  return names[id]();
}

/** What a status means for the lists. */
export function statusKindName(kind: StatusKind): string {
  const names = {
    open: m.status_kind_open,
    waiting: m.status_kind_waiting,
    closed: m.status_kind_closed,
  };
  return names[kind]();
}

/** What a field holds. */
export function fieldKindName(kind: FieldKind): string {
  const names = {
    text: m.field_kind_text,
    number: m.field_kind_number,
    date: m.field_kind_date,
    choice: m.field_kind_choice,
    money: m.field_kind_money,
  };
  return names[kind]();
}
