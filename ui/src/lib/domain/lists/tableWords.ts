// What the columns and cells of an exported list are called, in the window's language.

import type { ChatKind, TableWords } from '$lib/backend';
import { fieldName, statusName } from '$lib/domain/crm/names';
import { m } from '$lib/messages';
import { kindName } from './conditions';

const kinds: readonly ChatKind[] = ['person', 'bot', 'saved', 'group', 'supergroup', 'channel'];
const statuses = ['new', 'in_progress', 'waiting', 'done', 'lost'];
const fields = ['language', 'time_zone', 'source', 'opted_out'];

/** Words by the keys that the program's tables have. */
export function tableWords(): TableWords {
  const named = (start: string, keys: readonly string[], nameOf: (key: string) => string) =>
    Object.fromEntries(keys.map((key) => [start + key, nameOf(key)]));
  return {
    name: m.column_name(),
    username: m.column_username(),
    phone: m.column_phone(),
    telegram_id: m.column_telegram_id(),
    account: m.column_account(),
    kind: m.column_kind(),
    tags: m.column_tags(),
    status: m.column_status(),
    last_message: m.column_last_message(),
    waiting_since: m.column_waiting_since(),
    unread: m.column_unread(),
    follow_up: m.column_follow_up(),
    notes: m.column_notes(),
    ...Object.fromEntries(kinds.map((kind) => [`kind_${kind}`, kindName(kind)])),
    ...named('status_', statuses, (builtin) => statusName({ name: '', builtin })),
    ...named('field_', fields, (builtin) => fieldName({ name: '', builtin })),
  };
}
