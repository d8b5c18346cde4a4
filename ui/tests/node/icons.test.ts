import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { iconPath, type Shape } from '../../src/lib/shared/iconPath';

const root = new URL('../../', import.meta.url).pathname;
const icons = join(root, 'node_modules/@lucide/svelte/dist/icons');

/** Names of the icons that the window uses. */
const used = new Set(
  readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(svelte|ts)$/.test(path))
    .flatMap((path) => [
      ...readFileSync(join(root, 'src', path), 'utf8').matchAll(
        /@lucide\/svelte\/icons\/([\w-]+)/g,
      ),
    ])
    .flatMap(([, name]) => name ?? []),
);

/** An icon's shapes, as its component in the package has them; some names stand for another's. */
function shapesOf(name: string): Shape[] {
  const script = readFileSync(join(icons, `${name}.js`), 'utf8');
  const [, file = ''] = /from ["']\.\/([\w-]+\.svelte)["']/.exec(script) ?? [];
  const [, data = ''] = /const iconData = (\{.*\});/.exec(readFileSync(join(icons, file), 'utf8')) ?? []; // prettier-ignore
  return (JSON.parse(data) as { node: Shape[] }).node;
}

test('every icon that is used is made of shapes that become a path', () => {
  expect(used.size).toBeGreaterThan(80);
  for (const name of used) {
    const path = iconPath(name, shapesOf(name));
    expect(path, name).toMatch(/^[Mm][\d\s.,\-a-zA-Z]+$/);
    expect(path, name).not.toContain('NaN');
  }
});

test('shapes become what they are', () => {
  const line: Shape = ['line', { x1: '1', y1: '2', x2: '3', y2: '4' }];
  expect(iconPath('line', [line])).toBe('M1 2L3 4');
  const circle: Shape = ['circle', { cx: '12', cy: '12', r: '10' }];
  expect(iconPath('circle', [circle])).toBe('M2 12a10 10 0 1 0 20 0a10 10 0 1 0 -20 0');
  const box: Shape = ['rect', { x: '3', y: '3', width: '18', height: '10', rx: '2' }];
  expect(iconPath('box', [box])).toBe(
    'M5 3h14a2 2 0 0 1 2 2v6a2 2 0 0 1 -2 2h-14a2 2 0 0 1 -2 -2v-6a2 2 0 0 1 2 -2z',
  );
  const moved: Shape = ['path', { d: 'm22 10-7.5 7.5' }];
  expect(iconPath('moved', [line, moved])).toBe('M1 2L3 4M0 0m22 10-7.5 7.5');
  expect(() => iconPath('other', [['text', {}]])).toThrow('unknown kind');
});
