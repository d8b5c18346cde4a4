import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { FakeOptions } from '../../src/lib/backend/fake/fake';
import { actionsOf } from '../../src/lib/state/actions';
import { frames, openWindow, rows } from './window';

async function opened(options: FakeOptions = {}) {
  const window = await openWindow(options);
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  await userEvent.keyboard('{Control>}k{/Control}');
  await expect.element(page.getByTestId('palette')).toBeVisible();
  return window;
}

const offered = () =>
  [...document.querySelectorAll<HTMLElement>('[data-testid="palette-action"]')].map(
    (element) => element.dataset['action'],
  );
const first = () => document.querySelector<HTMLElement>('[data-testid="palette-action"]');

test('it offers every action that makes sense now, with its group and keys', async () => {
  const { app } = await opened();
  const sensible = actionsOf(app).filter(
    ({ enabled, id }) => enabled !== false && id !== 'palette',
  );
  expect(offered().toSorted()).toEqual(sensible.map(({ id }) => id).toSorted());
  await userEvent.keyboard('go to settings');
  expect(offered()[0]).toBe('go_settings');
  expect(first()?.textContent).toMatch(/Go to settings\s*Go\s*G\s*then\s*S/);
});

test('a few letters will do, and the ones that were meant are marked', async () => {
  await opened();
  await userEvent.keyboard('dth');
  expect(offered()[0]).toBe('theme_dark');
  const marked = [...(first()?.querySelectorAll('mark') ?? [])].map((mark) => mark.textContent);
  expect(marked.join('')).toBe('Dth');
});

test('words are found in the chosen language and in English', async () => {
  const { app } = await opened({ looks: { language: 'uk' } });
  await userEvent.keyboard('темна');
  expect(offered()[0]).toBe('theme_dark');
  await userEvent.clear(page.getByRole('combobox'));
  await userEvent.keyboard('dark');
  expect(offered()[0]).toBe('theme_dark');
  expect(first()?.textContent).toContain('Dark theme');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => app.looks.theme).toBe('dark');
  // What was said in English meanwhile leaves the window in its own language.
  expect(document.body.textContent).toContain('Налаштування');
});

test('what was used last stands first, also after another start', async () => {
  const { app, backend } = await opened();
  await userEvent.keyboard('dark{Enter}');
  await expect.poll(async () => (await backend.looks()).recent_actions).toEqual(['theme_dark']);
  await userEvent.keyboard('{Control>}k{/Control}');
  await userEvent.keyboard('zoom in{Enter}');
  await expect.poll(() => app.overlay).toBeNull();
  await userEvent.keyboard('{Control>}k{/Control}');
  await frames();
  expect(offered().slice(0, 2)).toEqual(['zoom_in', 'theme_dark']);
  expect(new Set(offered()).size).toBe(offered().length);
});

test('arrows go round and page keys stop at the ends', async () => {
  await opened();
  const chosen = () => offered()[[...document.querySelectorAll('[data-testid="palette-action"]')].findIndex((element) => element.getAttribute('aria-selected') === 'true')]; // prettier-ignore
  await userEvent.keyboard('{ArrowUp}');
  expect(chosen()).toBe(offered().at(-1));
  await userEvent.keyboard('{ArrowDown}');
  expect(chosen()).toBe(offered()[0]);
  await userEvent.keyboard('{PageUp}');
  expect(chosen()).toBe(offered()[0]);
  await userEvent.keyboard('{PageDown}');
  expect(chosen()).toBe(offered()[8]);
});

test('where nothing fits it says so, and Enter does nothing', async () => {
  await opened();
  await userEvent.keyboard('xyzzy');
  await expect.element(page.getByTestId('palette-empty')).toHaveTextContent('“xyzzy”');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByTestId('palette')).toBeVisible();
});
