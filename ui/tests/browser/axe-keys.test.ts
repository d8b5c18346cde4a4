import { expect } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { axeFindsNothing, type Screen } from './screens';

const screens: Screen[] = [
  {
    name: 'the palette with what was used last',
    act: async ({ app }) => {
      app.looks.rememberAction('zoom_in');
      app.overlay = { kind: 'palette' };
      await expect.element(page.getByTestId('palette')).toBeVisible();
    },
  },
  {
    name: 'the palette, found in English',
    act: async ({ app }) => {
      app.overlay = { kind: 'palette' };
      await page.getByRole('combobox').fill('theme');
    },
  },
  {
    name: 'the palette, where nothing fits',
    act: async ({ app }) => {
      app.overlay = { kind: 'palette' };
      await page.getByRole('combobox').fill('xyzzy');
      await expect.element(page.getByTestId('palette-empty')).toBeVisible();
    },
  },
  {
    name: 'settings, shortcuts, of which one is pressed anew',
    act: async ({ app }) => {
      app.page = 'settings';
      app.section = 'shortcuts';
      await page.getByTestId('shortcut-change').first().click();
      await expect.element(page.getByTestId('recorder')).toBeVisible();
    },
  },
  {
    name: 'a setting that is looked for',
    act: async ({ app }) => {
      app.page = 'settings';
      await page.getByTestId('settings-search').fill('lock');
      await expect.element(page.getByTestId('settings-found').first()).toBeVisible();
    },
  },
  {
    name: 'a setting that is not there',
    act: async ({ app }) => {
      app.page = 'settings';
      await page.getByTestId('settings-search').fill('xyzzy');
      await expect.element(page.getByTestId('settings-nothing')).toBeVisible();
    },
  },
  {
    name: 'a shortcut that is taken',
    act: async ({ app }) => {
      app.page = 'settings';
      app.section = 'shortcuts';
      await page.getByTestId('shortcut-add').first().click();
      await userEvent.keyboard('{Control>}{Shift>}l{/Shift}{/Control}');
      await expect.element(page.getByTestId('shortcut-taken')).toBeVisible();
    },
  },
];

axeFindsNothing(screens);
