import { expect } from 'vitest';
import { page } from 'vitest/browser';
import { axeFindsNothing } from './screens';
import type { Opened } from './window';

/** Has the first backup checked, which is refused for want of the right secret. */
const checked =
  (refusal: 'passphrase_needed' | 'passphrase_wrong') =>
  async ({ app, backend }: Opened) => {
    backend.fail('backup_verify', refusal);
    await backups(app);
    await expect.element(page.getByTestId('backup-secret')).toBeVisible();
  };
const backups = async (app: Opened['app']) => {
  app.page = 'settings';
  app.section = 'backups';
  const file = page.getByTestId('backup-file').first();
  await file.getByRole('button').click();
};

axeFindsNothing([
  {
    name: 'a backup that is being checked',
    act: async ({ app, backend }) => {
      backend.hold('backup_verify');
      await backups(app);
      await expect.element(page.getByRole('dialog').getByRole('status')).toBeVisible();
    },
  },
  { name: 'a backup that asks for its secret', act: checked('passphrase_needed') },
  { name: 'a backup whose secret is wrong', act: checked('passphrase_wrong') },
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
