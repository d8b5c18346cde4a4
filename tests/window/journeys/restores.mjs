// A backup is restored in the window: over the workspace it was made of, and into a fresh folder, where
// the system's own dialog is asked for the file. Then the workspace gets a new key.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { byId } from '../page.mjs';
import { KEY } from '../webdriver.mjs';
import { ask } from './ask.mjs';
import { oneAccount } from './one-account.mjs';

const run = promisify(execFile);

const PASSPHRASE = 'a passphrase of this journey';

const online = (page) => page.find(byId('account-row', { 'data-state': 'online' }), 60_000);
const tagNames = async (page) => (await ask(page, 'catalog', {})).tags.map(({ name }) => name);
const newTag = (page, name) =>
  ask(page, 'tag_save', { tag: { id: 0, name, colour: 'blue', reach: 'person' } });

async function openSettings(page, section) {
  // Letters are commands while the focus is in no field.
  await page.press('g');
  await page.press('s');
  await page.click(byId(`settings-${section}`));
}

async function makesABackup({ page, noted }) {
  await online(page);
  await ask(page, 'passphrase_set', { old: null, new: PASSPHRASE });
  await newTag(page, 'Before the backup');
  noted.folder = mkdtempSync(join(tmpdir(), 'switchboard-backups-'));
  const { settings } = await ask(page, 'backup_status', {});
  await ask(page, 'backup_settings_set', {
    settings: { ...settings, folders: [noted.folder] },
  });
  const { code } = await ask(page, 'backup_now', {});
  assert.equal(code, null);
  const files = readdirSync(noted.folder).filter((name) => name.endsWith('.swbackup'));
  assert.equal(files.length, 1);
  noted.backup = join(noted.folder, files[0]);
  await newTag(page, 'After the backup');
}

async function restoresItOver({ page }) {
  await openSettings(page, 'backups');
  await page.click(`${byId('backup-file')} button`);
  await page.find(byId('backup-proven'), 60_000);
  await page.screenshot('backup-proven');
  await page.click(byId('backup-restore'));
  await page.find(byId('restore-file'));
  await page.screenshot('restore-asks');
  await page.click(byId('restore-start'));
  await page.find(byId('restored'), 60_000);
  await page.screenshot('restored');
  await page.click(byId('restore-close'));
  await online(page);
  assert.deepEqual(await tagNames(page), ['Before the backup']);
}

async function changesTheKey({ page }) {
  await openSettings(page, 'security');
  await page.click(byId('rekey'));
  await page.type(byId('rekey-secret'), 'not the passphrase');
  await page.click(byId('rekey-start'));
  await page.find(`${byId('rekey-start')}:not([disabled])`, 60_000);
  await page.screenshot('rekey-refused');
  assert.equal(await page.count(byId('rekeyed')), 0);
  await page.click(byId('rekey-secret'));
  await page.press(KEY.control, 'a');
  await page.type(byId('rekey-secret'), PASSPHRASE);
  await page.click(byId('rekey-start'));
  await page.find(byId('rekeyed'), 60_000);
  await page.screenshot('rekeyed');
  await page.click(byId('rekey-close'));
  await online(page);
  assert.deepEqual(await tagNames(page), ['Before the backup']);
}

async function opensAgain(context) {
  context.page = await context.program.restart();
  await online(context.page);
  assert.deepEqual(await tagNames(context.page), ['Before the backup']);
}

/** Types a path into the dialog that is in front, as a hand would. */
async function pick(path) {
  const search = ['search', '--sync', '--onlyvisible', '--name', 'Choose a backup'];
  const { stdout } = await run('xdotool', search, { timeout: 20_000 });
  const dialog = stdout.trim().split('\n')[0];
  await run('xdotool', ['windowfocus', '--sync', dialog]);
  // A slash opens the field for a path, which swallows what is typed before it is there.
  await run('xdotool', ['key', 'slash']);
  await new Promise((resolve) => setTimeout(resolve, 500));
  await run('xdotool', ['key', 'ctrl+a']);
  await run('xdotool', ['type', '--delay', '20', path]);
  await run('xdotool', ['key', 'Return']);
}

async function restoresElsewhere(context) {
  const { program, noted } = context;
  await program.kill();
  rmSync(program.dataFolder, { recursive: true, force: true });
  const page = (context.page = await program.open());
  await page.click(byId('first-run-restore'));
  // The driver is not answered while a dialog of the system stands: it waits for the click.
  const clicked = page.click(byId('restore-choose'));
  await pick(noted.backup);
  await clicked;
  await page.find(byId('restore-file'));
  await page.click(byId('restore-start'));
  await page.type(byId('restore-secret'), PASSPHRASE);
  await page.screenshot('restore-elsewhere');
  await page.click(byId('restore-start'));
  await page.find(byId('restored'), 60_000);
  await page.click(byId('restore-close'));
  // A backup carries no session: whoever finds it does not get into the accounts.
  await page.find(byId('account-row', { 'data-state': 'logged_out' }), 60_000);
  assert.deepEqual(await tagNames(page), ['Before the backup']);
}

/** @type {import('../runner.mjs').Journey} */
export const restores = {
  name: 'restores',
  before: ['a workspace of one account', oneAccount],
  steps: [
    ['makes a backup', makesABackup],
    ['restores it over what came later', restoresItOver],
    ['changes the key', changesTheKey],
    ['opens again under the new key', opensAgain],
    ['restores the backup in a fresh folder', restoresElsewhere],
  ],
  after: async ({ noted }) => {
    await noted.sandbox?.end();
    if (noted.folder) rmSync(noted.folder, { recursive: true, force: true });
  },
};
