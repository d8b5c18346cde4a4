import { expect } from 'vitest';
import { page } from 'vitest/browser';
import { axeFindsNothing, type Screen } from './screens';
import type { Opened } from './window';

/** The page of templates, with one open where its place in the list is named. */
const templates =
  (index: number | null) =>
  async ({ app }: Opened) => {
    app.page = 'templates';
    await expect.element(page.getByTestId('templates')).toBeVisible();
    if (index === null) return;
    await page.getByTestId('template').nth(index).click();
    await expect.element(page.getByTestId('template-editor')).toBeVisible();
  };

const screens: Screen[] = [
  {
    name: 'a template with an unknown variable',
    act: async (opened) => {
      await templates(1)(opened);
      await page.getByTestId('template-body').fill('Hi **{frist_name}** `x` ||y||');
      await expect.element(page.getByTestId('template-error')).toBeVisible();
    },
  },
  {
    name: 'templates that are ready-made',
    options: { unmarked: true },
    act: async (opened) => {
      await templates(null)(opened);
      await page.getByTestId('starters-offer').click();
      await expect.element(page.getByTestId('starter').first()).toBeVisible();
    },
  },
  {
    name: 'an import of templates',
    act: async (opened) => {
      await templates(null)(opened);
      await page.getByTestId('templates-import').click();
      const text = 'name,category,language,text\nNew,,en,Hi\nOdd,,en,{x}\n';
      await page.getByTestId('import-file').upload(new File([text], 'templates.csv'));
      await expect.element(page.getByTestId('import-line').first()).toBeVisible();
    },
  },
  {
    name: 'an export of templates',
    act: async (opened) => {
      await templates(null)(opened);
      await expect.element(page.getByTestId('template').first()).toBeVisible();
      await page.getByTestId('templates-export').click();
      await expect.element(page.getByTestId('export-text')).toBeVisible();
    },
  },
];

axeFindsNothing(screens);
