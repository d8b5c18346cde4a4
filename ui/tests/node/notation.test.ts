import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Rendered } from '../../src/lib/backend';
import { renderTemplate } from '../../src/lib/backend/fake/templates/notation';

// Written by the program's own test (crates/model/src/template/render.rs).
const file = new URL('rendered.json', import.meta.url).pathname;
const cases = JSON.parse(readFileSync(file, 'utf8')) as [string, Rendered][];
const values = new Map<string, string | null>([
  ['first_name', 'Анна 🌿'],
  ['last_name', null],
  ['order', 'A/7 b'],
]);

test.each(cases)('the stand-in reads as the program does: %s', (body, rendered) => {
  expect(renderTemplate(body, 'en', values)).toEqual(rendered);
});
