// The log in words.

import type { Actor, Deed, DeedKind } from '$lib/backend';
import { m } from '$lib/messages';
import { soonMoment } from '$lib/shared/format';
import { cleanName } from '$lib/shared/text';
import { fieldName, statusName } from './names';

/** Kinds that say what they were done with. */
const named: Partial<Record<DeedKind, (with_: { what: string }) => string>> = {
  tagged: m.deed_tagged,
  untagged: m.deed_untagged,
  status_set: m.deed_status_set,
  snoozed: m.deed_snoozed,
  field_set: m.deed_field_set,
  field_cleared: m.deed_field_cleared,
  tag_deleted: m.deed_tag_deleted,
  tags_merged: m.deed_tags_merged,
  status_deleted: m.deed_status_deleted,
  field_deleted: m.deed_field_deleted,
  imported: m.deed_imported,
};

const plain: Partial<Record<DeedKind, () => string>> = {
  status_taken: m.deed_status_taken,
  pinned: m.deed_pinned,
  unpinned: m.deed_unpinned,
  unsnoozed: m.deed_unsnoozed,
  group_moved: m.deed_group_moved,
  snooze_over: m.deed_snooze_over,
  note_written: m.deed_note_written,
  note_edited: m.deed_note_edited,
  note_deleted: m.deed_note_deleted,
  task_made: m.deed_task_made,
  task_changed: m.deed_task_changed,
  task_done: m.deed_task_done,
  task_reopened: m.deed_task_reopened,
  task_deleted: m.deed_task_deleted,
};

/** What the log names a thing by: its name, the moment of a snooze, or what came with the program. */
function whatOf(deed: Deed, now: number): string {
  const what = deed.what ?? '';
  if (deed.kind === 'snoozed') return /^\d+$/.test(what) ? soonMoment(Number(what), now) : what;
  const known = { name: '', builtin: what };
  if (deed.kind === 'status_set' || deed.kind === 'status_deleted') {
    const name = statusName(known);
    return name === m.no_name() ? cleanName(what) : name;
  }
  if (deed.kind === 'field_set' || deed.kind === 'field_cleared') {
    const name = fieldName(known);
    return name === m.no_name() ? cleanName(what) : name;
  }
  return cleanName(what);
}

/** What was done, in a few words. */
export function deedWords(deed: Deed, now: number): string {
  const words = named[deed.kind];
  if (words) return words({ what: whatOf(deed, now) });
  // What is done to the catalogue alone changes no chat and stands in no chat's history.
  return plain[deed.kind]?.() ?? m.deed_other();
}

/** Who did it. */
export function actorName(actor: Actor): string {
  return { operator: m.actor_operator, rule: m.actor_rule, import: m.actor_import }[actor]();
}
