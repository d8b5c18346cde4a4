// Templates as files, in the program's two forms.

import type {
  ImportLine, ImportOutcome, ImportReport, Template, TemplateFormat, TemplateVersion,
} from '../../types'; // prettier-ignore
import type { Keeper } from '../crm/keeper';
import { refuse } from '../login';
import { renderTemplate, type Values } from './notation';

/** A template in a file. */
export type InFile = Pick<Template, 'name' | 'category' | 'versions'>;

const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

export function exportAll(templates: readonly Template[], format: TemplateFormat): string {
  const files = templates.map(({ name, category, versions }) => ({ name, category, versions }));
  if (format === 'json') {
    return `${JSON.stringify({ switchboard: 'templates', version: 1, templates: files }, null, 2)}\n`;
  }
  const lines = files.flatMap(({ name, category, versions }) =>
    versions.map(({ language, body }) => [name, category, language, body]),
  );
  return [['name', 'category', 'language', 'text'], ...lines]
    .map((line) => `${line.map(quoted).join(',')}\n`)
    .join('');
}

function readJson(text: string): InFile[] {
  try {
    const file = JSON.parse(text) as { switchboard?: string; templates?: InFile[] };
    if (file.switchboard === 'templates' && file.templates) return file.templates;
  } catch {
    // Said below: whatever is wrong with it, it is not of this form.
  }
  throw refuse('file_unreadable');
}

/** The cells of a CSV file. */
function cells(text: string): string[][] {
  const lines: string[][] = [[]];
  for (const [, quotes, word = '', end = ''] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g)) {
    lines.at(-1)?.push(quotes?.replaceAll('""', '"') ?? word);
    if (end === '\n') lines.push([]);
    if (end === '') break;
  }
  return lines.filter((line) => line.some((cell) => cell !== ''));
} // prettier-ignore

function readCsv(text: string): InFile[] {
  const [header = [], ...lines] = cells(text.replaceAll('\r', ''));
  const columns = ['name', 'category', 'language', 'text'].map((name) => header.indexOf(name));
  if (columns.some((place) => place < 0)) throw refuse('file_unreadable');
  const files: InFile[] = [];
  for (const line of lines) {
    const [name = '', category = '', language = '', body = ''] = columns.map((place) => line[place] ?? ''); // prettier-ignore
    const known = files.find((file) => file.name === name);
    if (known) known.versions.push({ language, body });
    else files.push({ name, category, versions: [{ language, body }] });
  }
  return files;
}

export function readFile(format: TemplateFormat, text: string): InFile[] {
  return format === 'json' ? readJson(text) : readCsv(text);
}

function refusal(file: InFile, known: Values): ImportOutcome | null {
  const because = (why: 'name' | 'category') => ({ is: 'refused' as const, because: { why } });
  if (file.name.trim() === '' || file.name.length > 80) return because('name');
  if (file.category.length > 48) return because('category');
  for (const { language, body } of file.versions) {
    if (!/^[a-z]{2,3}(-[a-z\d]{2,8})*$/i.test(language)) {
      return { is: 'refused', because: { why: 'language', what: language } };
    }
    if (body.trim() === '') return { is: 'refused', because: { why: 'text', what: language } };
    const [error] = renderTemplate(body, language, known).errors;
    if (error) return { is: 'refused', because: { why: 'variable', what: error.name } };
  }
  return null;
}

function merged(known: readonly TemplateVersion[], file: InFile): TemplateVersion[] {
  const own = known.map((version) => file.versions.find(({ language }) => language === version.language) ?? version); // prettier-ignore
  return [...own, ...file.versions.filter(({ language }) => !known.some((version) => version.language === language))]; // prettier-ignore
}

/** Takes templates as one change, or only tells what that would do. */
export function importAll(
  keeper: Keeper,
  there: readonly Template[],
  files: readonly InFile[],
  known: Values,
  dry: boolean,
): ImportReport {
  const work = keeper.ledger.begin();
  const lines = files.map((file): ImportLine => {
    const line = { name: file.name, languages: file.versions.map(({ language }) => language) };
    const refused = refusal(file, known);
    if (refused) return { ...line, outcome: refused };
    const old = there.find(({ name }) => name.toLowerCase() === file.name.trim().toLowerCase());
    const versions = merged(old?.versions ?? [], file);
    const row = { id: old?.id ?? keeper.ledger.next(), name: file.name.trim(), category: file.category, versions, used: 0, used_ms: null }; // prettier-ignore
    const position = there.findIndex(({ id }) => id === row.id);
    const last = there.length + work.images.length;
    const stays = old && JSON.stringify([old.name, old.category, old.versions]) === JSON.stringify([row.name, row.category, versions]); // prettier-ignore
    if (stays) return { ...line, outcome: { is: 'same' } };
    if (!dry) work.put('template', row.id, { ...row, position: position < 0 ? last : position });
    return { ...line, outcome: { is: old ? 'changed' : 'new' } };
  });
  const done = keeper.finish(work, 'templates_imported', null, work.images.length, 'import');
  keeper.world.tell({ type: 'catalog' });
  return { lines, done };
}
