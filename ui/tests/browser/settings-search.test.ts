import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { FakeOptions } from '../../src/lib/backend/fake/fake';
import { sections } from '../../src/lib/state/sections';
import { contents } from '../../src/lib/views/settings/contents';
import { frames, openWindow, part, rows, type Opened } from './window';

async function opened(options: FakeOptions = {}): Promise<Opened> {
  const window = await openWindow(options);
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  await userEvent.keyboard('gs');
  await expect.element(page.getByTestId('settings')).toBeVisible();
  return window;
}

const found = () =>
  [...document.querySelectorAll('[data-testid="settings-found"] > :first-child')].map(
    ({ textContent }) => textContent,
  );
const shown = () =>
  [...document.querySelectorAll<HTMLElement>('[data-setting]')]
    .map((setting) => setting.dataset['setting'])
    .toSorted();
const titles = (of: typeof contents) => of.map(({ title }) => title()).toSorted();

test.each(sections)(
  'the search knows all that stands under %s, and nothing else',
  async (section) => {
    const { app } = await opened();
    app.section = section;
    const own = contents.filter((content) => content.section === section && !content.account);
    // What is missing here belongs into views/settings/contents.ts.
    await expect.poll(shown).toEqual(titles(own.filter(({ only }) => only !== 'main')));
  },
);

test('the search knows all that stands on the page of an account', async () => {
  const { app } = await opened();
  app.section = 'accounts';
  app.settingsAccount = 1;
  const own = contents.filter(({ account }) => account);
  const way = contents.filter(({ title }) => title() === 'Way to Telegram');
  expect(way.length).toBe(1);
  await expect.poll(() => new Set(shown())).toEqual(new Set(titles([...own, ...way])));
});

test('Ctrl+F, a few letters and Enter lead to a setting, which is marked and has the focus', async () => {
  const { app } = await opened();
  await userEvent.keyboard('{Control>}f{/Control}');
  expect(document.activeElement).toBe(part('settings-search'));
  await userEvent.keyboard('quiet');
  expect(found()[0]).toBe('Quiet hours');
  await userEvent.keyboard('{Enter}');
  expect(app.section).toBe('notifications');
  const setting = () => document.querySelector<HTMLElement>('[data-setting="Quiet hours"]');
  await expect.poll(() => setting()?.classList.contains('sought')).toBe(true);
  expect(setting()?.contains(document.activeElement)).toBe(true);
  expect(document.activeElement?.getAttribute('role')).toBe('switch');
  await expect.poll(() => setting()?.classList.contains('sought'), { timeout: 4000 }).toBe(false);
});

test('a setting far down is brought into sight', async () => {
  await opened();
  await userEvent.keyboard('{Control>}f{/Control}lock now{Enter}');
  const setting = () => document.querySelector('[data-setting="Lock now"]');
  await expect.poll(() => setting()?.classList.contains('sought')).toBe(true);
  // What stands above it is read later, and pushes it down.
  await expect.poll(() => document.querySelector('[data-setting="Recovery code"]')).not.toBeNull();
  await frames();
  const { top, bottom } = setting()?.getBoundingClientRect() ?? new DOMRect();
  expect(top).toBeGreaterThanOrEqual(0);
  expect(bottom).toBeLessThanOrEqual(window.innerHeight);
});

test('it finds in the chosen language, in English, and by other words for it', async () => {
  await opened({ looks: { language: 'uk' } });
  const search = page.getByTestId('settings-search');
  await search.fill('тема');
  expect(found()[0]).toBe('Тема');
  await search.fill('theme');
  expect(found()[0]).toBe('Тема');
  await search.fill('dark');
  expect(found()[0]).toBe('Тема');
});

test('settings of an account lead to its page', async () => {
  const { app } = await opened();
  await page.getByTestId('settings-search').fill('working hours');
  await userEvent.keyboard('{Enter}');
  expect(app.section).toBe('accounts');
  expect(app.settingsAccount).toBe(1);
  await expect.element(page.getByTestId('account-page')).toBeVisible();
});

test('where nothing fits it says so; Escape empties the field, then leaves', async () => {
  const { app } = await opened();
  await page.getByTestId('settings-search').fill('xyzzy');
  await expect.element(page.getByTestId('settings-nothing')).toHaveTextContent('xyzzy');
  await userEvent.keyboard('{Escape}');
  expect((part('settings-search') as HTMLInputElement).value).toBe('');
  expect(app.page).toBe('settings');
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => app.page).toBe('inbox');
});

test('templates and views, which stand elsewhere, are led to from here', async () => {
  const { app } = await opened();
  const search = page.getByTestId('settings-search');
  await search.fill('views');
  await userEvent.keyboard('{Enter}');
  expect(app.overlay?.kind).toBe('views');
  app.overlay = null;
  await search.fill('templates');
  expect(found()[0]).toBe('Templates');
  await userEvent.keyboard('{Enter}');
  expect(app.page).toBe('templates');
});
