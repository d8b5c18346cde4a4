import { expect } from 'vitest';
import { page } from 'vitest/browser';
import { axeFindsNothing } from './screens';

axeFindsNothing([
  {
    name: 'a restore that wants a secret',
    options: { stage: { stage: 'first_run' } },
    act: async ({ app, backend }) => {
      backend.closed.secret = 'another';
      app.overlay = { kind: 'restore', workspace: 'main', file: '/home/olga/a.swbackup' };
      await page.getByTestId('restore-start').click();
      await page.getByTestId('restore-secret').fill('wrong');
      await page.getByTestId('restore-start').click();
      await expect.element(page.getByTestId('restore-start')).toBeEnabled();
    },
  },
  {
    name: 'a restore that is done',
    options: { stage: { stage: 'open', workspace: 'main', demo: false } },
    act: async ({ app }) => {
      app.overlay = { kind: 'restore', workspace: 'main', file: '/home/olga/a.swbackup' };
      await page.getByTestId('restore-start').click();
      await expect.element(page.getByTestId('restored')).toBeVisible();
    },
  },
]);
