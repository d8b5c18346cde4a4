import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { build } from 'vite';

const root = new URL('../../', import.meta.url).pathname;

test('the lock file names no host', () => {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  expect(lock).not.toContain('"resolved": "http');
});

test('the production build holds nothing of the fake backend and nothing inline', async () => {
  const out = join(tmpdir(), `switchboard-ui-${process.pid}`);
  await build({ root, mode: 'production', logLevel: 'error', build: { outDir: out } });
  const page = readFileSync(join(out, 'index.html'), 'utf8');
  const scripts = readdirSync(join(out, 'assets')).filter((name) => name.endsWith('.js'));
  const code = scripts.map((name) => readFileSync(join(out, 'assets', name), 'utf8')).join('\n');
  expect(code).toContain('save_looks');
  expect(code).not.toContain('correct horse');
  expect(code).not.toContain('FakeBackend');
  expect(code).not.toMatch(/\bnew Function\(|[^.\w]eval\(/);
  expect(page).not.toMatch(/<script(?![^>]*src=)[^>]*>|<style| on\w+=/);
  rmSync(out, { recursive: true });
  expect(existsSync(out)).toBe(false);
}, 120_000);

test('the storage of the page itself stays unused', () => {
  const users = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(ts|svelte)$/.test(path))
    .filter((path) => /\b(localStorage|sessionStorage|indexedDB|caches)\./.test(readFileSync(join(root, 'src', path), 'utf8'))); // prettier-ignore
  expect(users).toEqual([]);
});

test('colours come from the tokens alone', () => {
  const stray = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.svelte') || path.endsWith('base.css'))
    .flatMap((path) => {
      const text = readFileSync(join(root, 'src', path), 'utf8');
      const styles = path.endsWith('.css') ? text : (text.split('<style>')[1] ?? '');
      const found = styles.match(/#[\da-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(/gi) ?? [];
      return found.map((colour) => `${path}: ${colour}`);
    });
  expect(stray).toEqual([]);
});
