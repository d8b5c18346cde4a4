// Where the keys of a grid lead.

import type { ChatId } from '$lib/backend';
import type { Column, ColumnId } from '$lib/domain/people/columns';

/** A cell: of a person, or of the heading. */
export interface Place {
  row: ChatId | 'head';
  column: ColumnId;
}

export interface Bounds {
  keys: readonly ChatId[];
  columns: readonly Column[];
  /** Rows of a page. */
  rows: number;
  /** Whether the key is the operator's own for the row below or above. */
  next: boolean;
  previous: boolean;
}

/** Where a key leads from a cell; `null` where it leads nowhere. */
export function stepIn(event: KeyboardEvent, from: Place, bounds: Bounds): Place | null {
  if (bounds.next || bounds.previous) return down(from, bounds, bounds.next ? 1 : -1);
  if (event.altKey || event.shiftKey) return null;
  const { keys, rows } = bounds;
  const whole = event.ctrlKey || event.metaKey;
  switch (event.code) {
    case 'ArrowDown':
      return down(from, bounds, whole ? keys.length : 1);
    case 'ArrowUp':
      return down(from, bounds, whole ? -keys.length : -1);
    case 'PageDown':
      return down(from, bounds, rows);
    case 'PageUp':
      return down(from, bounds, -rows);
    case 'ArrowRight':
      return along(from, bounds, whole ? Infinity : 1);
    case 'ArrowLeft':
      return along(from, bounds, whole ? -Infinity : -1);
    case 'Home':
      return whole ? down(along(from, bounds, -Infinity), bounds, -keys.length) : along(from, bounds, -Infinity); // prettier-ignore
    case 'End':
      return whole ? down(along(from, bounds, Infinity), bounds, keys.length) : along(from, bounds, Infinity); // prettier-ignore
    default:
      return null;
  }
}

/** By rows; a single step up from the first person leads to the heading. */
export function down(from: Place, { keys }: Bounds, step: number): Place {
  const at = from.row === 'head' ? -1 : keys.indexOf(from.row);
  const least = step === -1 ? -1 : 0;
  const to = Math.min(keys.length - 1, Math.max(least, at + step));
  return { ...from, row: keys[to] ?? 'head' };
}

/** By columns. */
export function along(from: Place, { columns }: Bounds, step: number): Place {
  const at = columns.findIndex(({ id }) => id === from.column);
  const to = Math.min(columns.length - 1, Math.max(0, at + step));
  return { ...from, column: columns[to]?.id ?? 'name' };
}

/** The next cell that can be changed, on to other rows at the end of one; `null` at the table's end. */
export function editableBeside(
  from: Place,
  { keys, columns }: Pick<Bounds, 'keys' | 'columns'>,
  step: 1 | -1,
): Place | null {
  const editable = columns.filter((column) => column.editable);
  const at = editable.findIndex(({ id }) => id === from.column) + step;
  const beside = editable[at];
  if (beside) return { ...from, column: beside.id };
  const row = from.row === 'head' ? undefined : keys[keys.indexOf(from.row) + step];
  const column = step > 0 ? editable[0] : editable.at(-1);
  return row === undefined || !column ? null : { row, column: column.id };
}
