// Columns of the table of people.

import type { Field, PeopleSort } from '$lib/backend';
import { fieldName } from '$lib/domain/crm/names';
import { m } from '$lib/messages';

export type ColumnId = 'name' | 'tags' | 'status' | 'last' | 'waiting' | 'due' | `field:${number}`;

/** A column and what can be done with it. */
export interface Column {
  id: ColumnId;
  name: string;
  /** Its least width in CSS pixels, where the text has its usual size. */
  width: number;
  sort: Sorting;
  /** The field whose values it shows. */
  field: Field | null;
  editable: boolean;
}

/** What a column sorts by, as the program counts it. */
export interface Sorting {
  by: PeopleSort;
  /** Whether the first press puts what is greatest first. */
  down: boolean;
  /** Whether what is smallest for the program reads as the greatest, as the longest wait does. */
  turned: boolean;
}

const by = (sort: PeopleSort, down = false, turned = false): Sorting => ({
  by: sort,
  down,
  turned,
});
const builtin = { field: null, editable: false } as const;

const WIDTHS: Record<Field['kind'], number> = {
  text: 150,
  number: 110,
  date: 130,
  choice: 140,
  money: 130,
};

/** Every column that there is, in the order in which they come. */
export function allColumns(fields: readonly Field[]): Column[] {
  return [
    { ...builtin, id: 'name', name: m.people_column_name(), width: 240, sort: by({ by: 'name' }) },
    { ...builtin, id: 'status', name: m.people_column_status(), width: 190, sort: by({ by: 'status' }), editable: true },
    { ...builtin, id: 'tags', name: m.people_column_tags(), width: 200, sort: by({ by: 'tags' }), editable: true },
    { ...builtin, id: 'last', name: m.people_last(), width: 168, sort: by({ by: 'last_contact' }, true) },
    { ...builtin, id: 'waiting', name: m.people_waiting(), width: 110, sort: by({ by: 'waiting' }, false, true) },
    { ...builtin, id: 'due', name: m.people_due(), width: 150, sort: by({ by: 'due' }) },
    ...fields.map((field): Column => ({
      id: `field:${field.id}`,
      name: fieldName(field),
      width: WIDTHS[field.kind],
      sort: by({ by: 'field', field: field.id }),
      field,
      editable: true,
    })),
  ];
} // prettier-ignore

/** Puts columns into an order; those that it does not name stay behind, the name in front. */
export function inOrder(columns: readonly Column[], order: readonly string[]): Column[] {
  const at = ({ id }: Column) => {
    const place = order.indexOf(id);
    return id === 'name' ? -1 : place < 0 ? order.length : place;
  };
  return columns.toSorted((a, b) => at(a) - at(b));
}

/** Whether two sorts are the same. */
export function sameSort(a: PeopleSort, b: PeopleSort): boolean {
  return a.by === b.by && (a.by !== 'field' || b.by !== 'field' || a.field === b.field);
}
