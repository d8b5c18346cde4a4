import { expect } from 'vitest';
import { page } from 'vitest/browser';
import { axeFindsNothing } from './screens';

axeFindsNothing([
  {
    name: 'what an import would change',
    act: async ({ app }) => {
      app.overlay = { kind: 'import', file: '/home/olga/switchboard-all.json' };
      await expect.element(page.getByTestId('import-parts')).toBeVisible();
    },
  },
  {
    name: 'a table of people and its columns',
    act: async ({ app }) => {
      app.overlay = { kind: 'people_import', file: '/home/olga/people.csv' };
      await expect
        .poll(() => document.querySelectorAll('[data-testid="import-column"]').length)
        .toBe(3);
    },
  },
]);
