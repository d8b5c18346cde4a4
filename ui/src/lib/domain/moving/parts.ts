// Parts of an import in words.

import type { ImportCount, ImportPart } from '$lib/backend';
import { m } from '$lib/messages';

const names: Record<ImportPart, () => string> = {
  tags: m.move_import_part_tags,
  statuses: m.move_import_part_statuses,
  fields: m.move_import_part_fields,
  views: m.move_import_part_views,
  templates: m.move_import_part_templates,
  rules: m.move_import_part_rules,
  settings: m.move_import_part_settings,
  window: m.move_import_part_window,
  accounts: m.move_import_part_accounts,
  people: m.move_import_part_people,
  chats: m.move_import_part_chats,
  notes: m.move_import_part_notes,
  tasks: m.move_import_part_tasks,
};

/** The name of a part. */
export const partName = (part: ImportPart): string => names[part]();

/** How much an import changes in all. */
export const changesOf = (parts: readonly ImportCount[]): number =>
  parts.reduce((sum, { added, changed }) => sum + added + changed, 0);

/** The part that a file's window settings make, where this many of them are different. */
export const windowPart = (all: number, changed: number): ImportCount[] =>
  all === 0
    ? []
    : [{ part: 'window', added: 0, changed, same: all - changed, left_out: 0, names: [] }];
