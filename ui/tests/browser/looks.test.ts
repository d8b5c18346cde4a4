import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Looks } from '../../src/lib/backend';
import { frames, openWindow, part, rows } from './window';

async function appearance(looks: Partial<Looks> = {}) {
  const opened = await openWindow({ looks });
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  opened.app.page = 'settings';
  opened.app.section = 'appearance';
  await expect.element(page.getByTestId('text-size')).toBeVisible();
  return opened;
}

const height = () => rows()[0]?.getBoundingClientRect().height;
const size = (testid: string) => getComputedStyle(part(testid)).fontSize;

test('compact rows are lower at once, everywhere, and after another start', async () => {
  const { app, backend } = await appearance();
  await page.getByText('Compact', { exact: true }).click();
  await expect.poll(async () => (await backend.looks()).density).toBe('compact');
  app.page = 'inbox';
  await expect.poll(height).toBe(52);
  const list = part('chat-list');
  expect(list.scrollHeight).toBe((app.inbox?.list.keys.length ?? 0) * 52);
  // Nothing of a row is cut off.
  const [row] = rows();
  for (const line of row?.querySelectorAll<HTMLElement>('.top, .bottom') ?? []) {
    const { top, bottom } = line.getBoundingClientRect();
    expect(top).toBeGreaterThanOrEqual(row?.getBoundingClientRect().top ?? 0);
    expect(bottom).toBeLessThanOrEqual(row?.getBoundingClientRect().bottom ?? 0);
  }
});

test('the text grows without the rest, rows with it', async () => {
  const { app, backend } = await appearance();
  await page.getByTestId('text-size').selectOptions('125');
  await expect.poll(async () => (await backend.looks()).text_size).toBe(125);
  expect(size('text-size')).toBe('16.25px');
  expect(app.looks.zoom).toBe(100);
  app.page = 'inbox';
  await expect.poll(height).toBe(80);
});

test('looks that were kept are there from the start', async () => {
  await openWindow({ looks: { density: 'compact', text_size: 90 } });
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  expect(height()).toBe(Math.round(52 * 0.9));
});

test('weeks begin as usual in the language, or as set', async () => {
  const { app } = await appearance({ language: 'uk' });
  const days = async () => {
    app.page = 'settings';
    app.section = 'accounts';
    app.settingsAccount = 1;
    await expect.poll(() => document.querySelector('.hours')).not.toBeNull();
    const set = [...document.querySelectorAll<HTMLElement>('.hours input')][1];
    if (!document.querySelector('.days')) set?.click();
    await expect.poll(() => document.querySelectorAll('.days button').length).toBe(7);
    return [...document.querySelectorAll('.days button')].map((day) => day.textContent.trim());
  };
  expect((await days())[0]).toBe('пн');
  app.section = 'appearance';
  await page.getByTestId('first-weekday').selectOptions('7');
  await frames();
  const shown = await days();
  expect(shown[0]).toBe('нд');
  expect(shown.at(-1)).toBe('сб');
});

test('Escape leads out of the settings, also where a choice has the focus', async () => {
  const { app } = await openWindow();
  app.page = 'settings';
  await page.getByText('Dark', { exact: true }).click();
  expect(document.activeElement).toBeInstanceOf(HTMLInputElement);
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => app.page).toBe('inbox');
});
