import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { FakeOptions } from '../../src/lib/backend/fake/fake';
import { openWindow } from './window';

const mine: FakeOptions = { stage: { stage: 'open', workspace: 'main', demo: false } };

async function openSettings(section: string, options: FakeOptions = mine) {
  const opened = await openWindow(options);
  opened.app.page = 'settings';
  await page.getByTestId(`settings-${section}`).click();
  return opened;
}

test('a backup of the list is proven, then restored with the secret that opened it', async () => {
  const { backend } = await openSettings('backups');
  backend.closed.secret = 'old words';
  backend.fail('backup_verify', 'passphrase_needed');
  await page.getByText('Verify', { exact: true }).first().click();
  await expect.element(page.getByTestId('backup-secret')).toBeVisible();
  backend.fail('backup_verify', null);
  await page.getByTestId('backup-secret').fill('old words');
  await page.getByText('Verify', { exact: true }).last().click();
  await page.getByTestId('backup-restore').click();
  await expect.element(page.getByText('It takes the place of all chats')).toBeVisible();
  const [first] = await backend.call('backup_files', {});
  await expect.element(page.getByTestId('restore-file')).toHaveTextContent(/swbackup/);
  await page.getByTestId('restore-start').click();
  await expect.element(page.getByTestId('working')).toBeVisible();
  await expect.element(page.getByTestId('restored')).toHaveTextContent('3 accounts');
  await expect.element(page.getByText('2 unsent messages wait for you')).toBeVisible();
  expect(backend.closed.asked).toEqual([{ file: first?.path, secret: 'old words' }]);
  await page.getByTestId('restore-close').click();
  // The workspace is open again, with what is in it now.
  await expect.element(page.getByTestId('restored')).not.toBeInTheDocument();
  await expect.element(page.getByTestId('settings')).not.toBeInTheDocument();
});

test('a first start takes a backup of another computer, once the right secret is typed', async () => {
  const { app, backend } = await openWindow({ stage: { stage: 'first_run' } });
  backend.closed.secret = 'nine groups';
  await page.getByTestId('first-run-restore').click();
  expect(page.getByTestId('restore-start').element()).toBeDisabled();
  await page.getByTestId('restore-choose').click();
  await page.getByTestId('restore-start').click();
  await page.getByTestId('restore-secret').fill('no such words');
  await page.getByTestId('restore-start').click();
  await expect.element(page.getByText('passphrase', { exact: false }).first()).toBeVisible();
  expect(app.stage?.stage).toBe('first_run');
  await page.getByTestId('restore-secret').fill('nine groups');
  await page.getByTestId('restore-start').click();
  await expect.element(page.getByTestId('restored')).toBeVisible();
  await expect.poll(() => app.stage).toEqual({ stage: 'open', workspace: 'main', demo: false });
});

test('a restore that is stopped leaves all as it was, and says so', async () => {
  const { app } = await openSettings('backups');
  await page.getByTestId('restore-file-any').click();
  await page.getByTestId('restore-choose').click();
  await page.getByTestId('restore-start').click();
  await page.getByTestId('work-cancel').click();
  await expect.element(page.getByTestId('restore-start')).toBeEnabled();
  await expect.element(page.getByTestId('restored')).not.toBeInTheDocument();
  await expect.poll(() => app.stage?.stage).toBe('open');
});

test('escape does not take the dialog away from work that goes on', async () => {
  const { app } = await openSettings('backups');
  await page.getByTestId('restore-file-any').click();
  await page.getByTestId('restore-choose').click();
  await page.getByTestId('restore-start').click();
  await expect.element(page.getByTestId('working')).toBeVisible();
  document.activeElement?.dispatchEvent(
    new KeyboardEvent('keydown', { key: 'Escape', code: 'Escape', bubbles: true }),
  );
  expect(app.overlay?.kind).toBe('restore');
  // Nor does a cross that would do nothing.
  const cross = page.getByRole('dialog').getByTitle('Close');
  await expect.element(cross).not.toBeInTheDocument();
  await expect.element(page.getByTestId('restored')).toBeVisible();
  await expect.element(cross).toBeVisible();
});

test('the key is changed by whoever knows the passphrase; the recovery code counts no more', async () => {
  const { app, backend } = await openSettings('security');
  await page.getByTestId('add-passphrase').click();
  await page.getByTestId('passphrase-new').fill('correct horse battery');
  await page.getByTestId('passphrase-again').fill('correct horse battery');
  await page.getByTestId('passphrase-submit').click();
  backend.closed.secret = 'correct horse battery';
  await page.getByTestId('rekey').click();
  await expect.element(page.getByTestId('rekey-start')).toBeDisabled();
  await page.getByTestId('rekey-secret').fill('no such words');
  await page.getByTestId('rekey-start').click();
  await expect.element(page.getByText('does not open the workspace')).toBeVisible();
  await expect.poll(() => app.stage?.stage).toBe('open');
  await page.getByTestId('rekey-secret').fill('correct horse battery');
  await page.getByTestId('rekey-start').click();
  await expect.element(page.getByTestId('rekeyed')).toBeVisible();
  await expect.element(page.getByText('The recovery code no longer works')).toBeVisible();
  expect(backend.closed.asked.at(-1)).toEqual({
    secret: 'correct horse battery',
    passphrase: null,
  });
  await page.getByTestId('rekey-close').click();
  await expect.poll(() => app.stage?.stage).toBe('open');
});

test('the demo is not restored over, nor does it get a key of its own', async () => {
  await openSettings('backups', {});
  await expect.element(page.getByText('Verify', { exact: true }).first()).toBeVisible();
  await expect.element(page.getByTestId('restore-file-any')).not.toBeInTheDocument();
  await page.getByTestId('settings-security').click();
  await expect.element(page.getByTestId('slot-keyring')).toBeVisible();
  await expect.element(page.getByTestId('rekey')).not.toBeInTheDocument();
});
