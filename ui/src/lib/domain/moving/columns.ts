// What the columns of a table of people may be, in words.

import type { Field, PeopleColumn, RowProblem } from '$lib/backend';
import { fieldName } from '$lib/domain/crm/names';
import { m } from '$lib/messages';

/** A choice for a column, under a name that a select can hold. */
export interface ColumnChoice {
  id: string;
  name: string;
  column: PeopleColumn;
}

/** The name under which a select knows a column's meaning. */
export const columnValue = (column: PeopleColumn): string =>
  column.is === 'field' ? `field:${column.field}` : column.is;

/** Everything that a column may be. */
export function columnChoices(fields: readonly Field[]): ColumnChoice[] {
  const plain: [PeopleColumn, string][] = [
    [{ is: 'ignored' }, m.people_column_ignored()],
    [{ is: 'telegram_id' }, m.people_column_id()],
    [{ is: 'username' }, m.people_column_username()],
    [{ is: 'phone' }, m.people_column_phone()],
    [{ is: 'name' }, m.people_column_name()],
    [{ is: 'tags' }, m.people_column_tags()],
    [{ is: 'status' }, m.people_column_status()],
    [{ is: 'note' }, m.people_column_note()],
  ];
  const own = fields.map((field): [PeopleColumn, string] => [
    { is: 'field', field: field.id },
    fieldName(field),
  ]);
  return [...plain, ...own].map(([column, label]) => ({
    column,
    name: label,
    id: columnValue(column),
  }));
}

/** Whether a column says who a row is about. */
export const namesSomebody = ({ is }: PeopleColumn): boolean =>
  is === 'telegram_id' || is === 'username' || is === 'phone' || is === 'name';

const problems: Record<RowProblem, () => string> = {
  unknown: m.people_row_unknown,
  ambiguous: m.people_row_ambiguous,
  nameless: m.people_row_nameless,
};

/** Why a row is nobody's. */
export const problemText = (problem: RowProblem): string => problems[problem]();
