import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { FakeBackend, type FakeOptions } from '../../src/lib/backend/fake/fake';
import { openWindow } from './window';

async function openBackups(options: FakeOptions = {}, prepare?: (backend: FakeBackend) => void) {
  const opened = await openWindow(options);
  prepare?.(opened.backend);
  opened.app.page = 'settings';
  await page.getByTestId('settings-backups').click();
  await expect.element(page.getByTestId('backup-last')).toBeVisible();
  return opened;
}

const files = () => document.querySelectorAll('[data-testid="backup-file"]').length;

/** Messages as a restored backup leaves them. */
function hold(backend: FakeBackend): void {
  for (const id of [901, 902]) {
    backend.world.outgoing.set(id, {
      id, account: 1, chat: 1, text: `unsent ${id}`, entities: [], reply_to: null, created_ms: Date.now(),
      state: { state: 'held', code: 'restored' },
    }); // prettier-ignore
  }
}

test('the last backup, the next one and where they open are told', async () => {
  await openBackups();
  await expect.element(page.getByTestId('backup-last')).toHaveTextContent('yesterday, 52.4 MB');
  await expect.element(page.getByText('Next backup:')).toBeVisible();
  await expect.element(page.getByText('open with this computer’s keyring alone')).toBeVisible();
});

test('a backup is made now, and may be stopped meanwhile', async () => {
  const { backend } = await openBackups();
  await expect.poll(files).toBe(3);
  const finish = backend.hold('backup_now');
  await page.getByTestId('backup-now').click();
  await page.getByTestId('backup-cancel').click();
  finish();
  expect(backend.calls.some(({ name }) => name === 'backup_cancel')).toBe(true);
  await expect.poll(files).toBe(4);
  await expect.element(page.getByTestId('backup-now')).toBeVisible();
});

test('a backup that fails by itself is said, wherever the operator is', async () => {
  const { backend } = await openWindow();
  backend.world.tell({ type: 'backup', failed: 'disk_full' });
  await expect.element(page.getByText('The disk is full')).toBeVisible();
});

test('a backup that had no room names the folder', async () => {
  await openBackups({}, (backend) => {
    const call = backend.call.bind(backend);
    const last = { ended_ms: Date.now(), code: 'disk_full', folder: '/media/stick', files: [], size: 0 }; // prettier-ignore
    backend.call = (async (name, args) => {
      const answer = await call(name, args);
      return name === 'backup_status' ? Object.assign(answer as object, { last }) : answer;
    }) as typeof backend.call;
  });
  const told = page.getByTestId('backup-last');
  await expect.element(told).toHaveTextContent('The disk is full');
  await expect.element(told).toHaveTextContent('The folder: /media/stick.');
});

test('folders are looked at before they are kept', async () => {
  const { backend } = await openBackups();
  const folders = async () => (await backend.call('backup_status', {})).settings.folders;
  await page.getByTestId('backup-folder-add').click();
  await page.getByTestId('backup-folder').fill('stick');
  await page.getByTestId('backup-folder-save').click();
  await expect.element(page.getByText('makes no sense to the program')).toBeVisible();
  await expect.element(page.getByTestId('backup-folder')).toHaveValue('stick');
  await page.getByTestId('backup-folder').fill('/media/stick');
  await page.getByTestId('backup-folder-save').click();
  await expect.poll(folders).toEqual(['/media/stick']);
  await page.getByLabelText('Do not use this folder').click();
  await expect.poll(folders).toEqual([]);
});

test('when they are made is set, and taken back', async () => {
  const { app, backend } = await openBackups();
  const settings = async () => (await backend.call('backup_status', {})).settings;
  await page.getByLabelText('How often').selectOptions('168');
  await expect.poll(async () => (await settings()).every_hours).toBe(168);
  await page.getByTestId('backup-automatic').click();
  await expect.element(page.getByText('No backup is made automatically.')).toBeVisible();
  app.undo.newest();
  await expect.poll(async () => (await settings()).automatic).toBe(true);
});

test('they are made at a set time of day, where they are made once a day or more rarely', async () => {
  const { backend } = await openBackups();
  const at = async () => (await backend.call('backup_status', {})).settings.at;
  await page.getByLabelText('Time of day').selectOptions('set');
  await expect.poll(at).toBe(13 * 60);
  const field = page.getByTestId('backup-at');
  await field.fill('09:30');
  expect(await at()).toBe(13 * 60);
  await userEvent.keyboard('{Enter}');
  await expect.poll(at).toBe(9 * 60 + 30);
  await expect.element(page.getByText(/Next backup: .*9:30/)).toBeVisible();
  await page.getByLabelText('How often').selectOptions('6');
  await expect.element(field).not.toBeInTheDocument();
  await page.getByLabelText('How often').selectOptions('24');
  await page.getByLabelText('Time of day').selectOptions('due');
  await expect.poll(at).toBe(null);
});

test('a backup is verified; one of another key asks for its secret', async () => {
  const { backend } = await openBackups();
  await expect.poll(files).toBe(3);
  backend.fail('backup_verify', 'passphrase_needed');
  await page.getByText('Verify', { exact: true }).first().click();
  await expect.element(page.getByTestId('backup-secret')).toBeVisible();
  backend.fail('backup_verify', null);
  await page.getByTestId('backup-secret').fill('correct horse');
  await page.getByText('Verify', { exact: true }).last().click();
  await expect.element(page.getByTestId('backup-proven')).toHaveTextContent('3 accounts');
  expect(backend.calls.at(-1)?.args).toMatchObject({ secret: 'correct horse' });
});

test('messages that a restore held go out or are deleted, as the operator says', async () => {
  const { backend } = await openBackups({}, hold);
  await expect.element(page.getByText('unsent 901')).toBeVisible();
  await page.getByTestId('held').first().getByText('Delete').click();
  await expect.element(page.getByText('unsent 901')).not.toBeInTheDocument();
  await page.getByTestId('held-release').click();
  await expect.element(page.getByText('arrive a second time')).toBeVisible();
  await page.getByTestId('confirm').click();
  await expect.poll(() => backend.world.outgoing.get(902)?.state.state).toBe('queued');
  expect(backend.calls.findLast(({ name }) => name === 'held_release')?.args).toEqual({
    ids: [902],
  });
  await expect.element(page.getByTestId('held')).not.toBeInTheDocument();
});

test('a disk that runs out is said above everything, and again when it gets worse', async () => {
  const { backend } = await openWindow();
  backend.world.tell({ type: 'disk', room: 'little' });
  await expect.element(page.getByTestId('disk')).toHaveTextContent('Little room');
  await page.getByText('Dismiss').click();
  await expect.element(page.getByTestId('disk')).not.toBeInTheDocument();
  backend.world.tell({ type: 'disk', room: 'hardly' });
  await expect.element(page.getByTestId('disk')).toHaveTextContent('nearly full');
  backend.world.tell({ type: 'disk', room: 'enough' });
  await expect.element(page.getByTestId('disk')).not.toBeInTheDocument();
});

test('a damaged database is said for as long as it is open, with its copy and the way to a backup', async () => {
  const { app, backend } = await openWindow({
    stage: { stage: 'open', workspace: 'main', demo: false },
  });
  expect(document.querySelector('[data-testid="damage"]')).toBeNull();
  backend.world.damage = { copy: '/data/main/crm.db.damaged-1' };
  backend.world.tell({ type: 'damaged' });
  await expect.element(page.getByTestId('damage')).toHaveTextContent('main/crm.db.damaged-1');
  await page.getByTestId('damage').getByText('Restore a backup', { exact: true }).click();
  expect(app.overlay).toMatchObject({ kind: 'restore', workspace: 'main' });
});

test('damage that was known before the window opened is said at once', async () => {
  class Damaged extends FakeBackend {
    constructor(options: FakeOptions) {
      super(options);
      this.world.damage = { copy: null };
    }
  }
  await openWindow({}, Damaged);
  await expect.element(page.getByTestId('damage')).toHaveTextContent('no room to keep a copy');
  await expect.element(page.getByTestId('damage')).toHaveTextContent('Wipe the demo');
});
