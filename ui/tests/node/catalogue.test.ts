import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'svelte/compiler';
import { loadMessages, m } from '$lib/messages';
import { strayWords } from './literals';

type Variants = { match: Record<string, string> }[];
type Catalogue = Record<string, string | Variants>;

const root = new URL('../../', import.meta.url).pathname;
const read = (path: string) => readFileSync(join(root, path), 'utf8');

interface Project {
  'plugin.inlang.messageFormat': { pathPattern: string[] };
}
const project = JSON.parse(read('project.inlang/settings.json')) as Project;
const patterns = project['plugin.inlang.messageFormat'].pathPattern;

/** A language's messages of every area. A key in two areas would be one of them by chance. */
function catalogue(locale: string): Catalogue {
  const whole: Catalogue = {};
  for (const pattern of patterns) {
    const text = read(pattern.replace('{locale}', locale));
    const part = JSON.parse(text) as Catalogue;
    // A key that stands twice in one file would be the last of them by chance.
    const written = [...text.matchAll(/^ {2}"([^"]+)":/gm)].map(([, key]) => key ?? '');
    expect(written).toEqual(Object.keys(part));
    for (const [key, message] of Object.entries(part)) {
      if (key !== '$schema' && key in whole) throw new Error(`${key} stands in two catalogues`);
      whole[key] = message;
    }
  }
  return whole;
}

function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'paraglide' ? [] : filesUnder(path);
    return /\.(svelte|ts)$/.test(entry.name) ? [path] : [];
  });
}

const sources = filesUnder('src');
/** Keys of texts outside of the page: the tray, notifications. */
function usedByShell(): string[] {
  const folder = join(root, '../src-tauri/src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files
    .filter((path) => path.endsWith('.rs'))
    .map((path) => readFileSync(join(folder, path), 'utf8').split('#[cfg(test)]')[0] ?? '')
    .flatMap((text) => [...text.matchAll(/\bwords\s*\.(?:text|with)\(\s*"(\w+)"/g)])
    .flatMap(([, key]) => key ?? []);
}

const keysOf = (messages: Catalogue) => Object.keys(messages).filter((key) => key !== '$schema');
const textsOf = (message: string | Variants) =>
  typeof message === 'string' ? [message] : message.flatMap(({ match }) => Object.values(match));
const english = catalogue('en');

test.each(['ru', 'uk'])('%s has every message, with the same places to fill in', (locale) => {
  const other = catalogue(locale);
  expect(keysOf(other).toSorted()).toEqual(keysOf(english).toSorted());
  const places = (message: string | Variants | undefined) =>
    new Set(textsOf(message ?? '').flatMap((text) => text.match(/\{\w+\}/g) ?? []));
  for (const key of keysOf(english)) {
    expect(places(other[key]), key).toEqual(places(english[key]));
  }
});

test.each(['en', 'ru', 'uk'])('%s has a text for every plural form of its language', (locale) => {
  const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
  for (const [key, message] of Object.entries(catalogue(locale))) {
    if (typeof message === 'string') continue;
    const covered = Object.keys(message[0]?.match ?? {}).map((form) => form.split('=')[1]);
    expect(covered.toSorted(), key).toEqual([...forms].toSorted());
  }
});

test('every message is used, and every message used exists', () => {
  const used = new Set<string>();
  for (const path of sources) {
    for (const [, key] of read(path).matchAll(/\bm\.(\w+)/g)) if (key) used.add(key);
  }
  for (const key of usedByShell()) used.add(key);
  const known = new Set(keysOf(english));
  expect(
    [...known].filter((key) => !used.has(key)),
    'unused',
  ).toEqual([]);
  expect(
    [...used].filter((key) => !known.has(key)),
    'missing',
  ).toEqual([]);
});

/** Attributes whose text somebody sees or hears. */
const spoken = new Set(['title', 'label', 'aria-label', 'placeholder', 'alt', 'about', 'name']);

interface Node {
  type: string;
  data?: string;
  name?: string;
  value?: unknown;
}

function visibleTexts(node: unknown, found: string[]): void {
  if (typeof node !== 'object' || node === null) return;
  if (Array.isArray(node)) return node.forEach((child) => visibleTexts(child, found));
  const { type, data, name, value } = node as Node;
  if (type === 'StyleDirective') return;
  if (type === 'Text' && data) found.push(data);
  if (type === 'Attribute') {
    if (spoken.has(name ?? '') && Array.isArray(value)) visibleTexts(value, found);
    return;
  }
  for (const [key, child] of Object.entries(node)) {
    if (key !== 'css' && key !== 'instance' && key !== 'module') visibleTexts(child, found);
  }
}

test('no words outside the catalogues', () => {
  const stray: string[] = [];
  for (const path of sources.filter((source) => source.endsWith('.svelte'))) {
    const texts: string[] = [];
    visibleTexts(parse(read(path), { modern: true }).fragment, texts);
    for (const text of texts) if (/\p{L}{2,}/u.test(text)) stray.push(`${path}: ${text.trim()}`);
  }
  expect(stray).toEqual([]);
}, 30_000);

/** The script of a file: all of it, or what stands in its tags. */
function scriptOf(path: string): string {
  const text = read(path);
  if (!path.endsWith('.svelte')) return text;
  return [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, own]) => own).join('\n');
}

/** The fake program has people and chats of its own; types are made from the program's. */
const speaks = (path: string) => !/\/backend\/(?:fake\/|types\.ts)/.test(path);

test('no words outside the catalogues in scripts either', () => {
  const stray = sources
    .filter(speaks)
    .flatMap((path) => strayWords(scriptOf(path)).map((words) => `${path}: ${words}`));
  expect(stray).toEqual([]);
}, 30_000);

// A name that a script can't export, such as "delete" or "then", would be changed on the way.
test('every message can be said under its own name', async () => {
  await loadMessages('uk');
  const said = m as unknown as Record<string, (inputs: object) => string>;
  expect(keysOf(english).filter((key) => said[key]?.({}) === key)).toEqual([]);
});
