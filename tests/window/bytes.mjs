// Looks for bytes in files: every regular file below some folders, whatever it is.

import { lstatSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A text as programs write it down: as UTF-8, and as UTF-16, which the window's page stores. */
export const written = (text) => [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')];

/** A key as it may be written down: its bytes, in hexadecimal and in base 64. */
export const keyWritten = (bytes) => [
  bytes,
  ...['hex', 'base64', 'base64url'].flatMap((way) => written(bytes.toString(way).replace(/=+$/, ''))),
  Buffer.from(bytes.toString('hex').toUpperCase()),
];

/**
 * Which needles stand in which files below the folders, `left` out of it. Needles are lists of buffers
 * by name; the answer names file and needle, and the files that were read.
 */
export function hits(folders, needles, left = []) {
  const found = [];
  const files = [];
  for (const path of folders.flatMap((folder) => [...below(folder, left)])) {
    const bytes = readFileSync(path);
    files.push(path);
    for (const [name, forms] of Object.entries(needles)) {
      if (forms.some((form) => bytes.includes(form))) found.push(`${path}: ${name}`);
      if (forms.some((form) => Buffer.from(path).includes(form))) found.push(`name of ${path}: ${name}`);
    }
  }
  return { found, files };
}

function* below(path, left) {
  if (left.includes(path)) return;
  let about;
  try {
    about = lstatSync(path);
  } catch (error) {
    // Temporary files come and go.
    if (error.code === 'ENOENT') return;
    throw error;
  }
  if (about.isDirectory()) {
    for (const name of readdirSync(path)) yield* below(join(path, name), left);
  } else if (about.isFile()) {
    yield path;
  }
}
