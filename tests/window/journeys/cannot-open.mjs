// A workspace that cannot be opened: written by a newer program, damaged, or in a folder that cannot be
// written. The window says so in a sentence, loses nothing, and opens it once the cause is gone.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { byId } from '../page.mjs';
import { windowsNamed } from '../stand-in.mjs';
import { until } from '../webdriver.mjs';
import { oneAccount } from './one-account.mjs';

const NEWER = '{"format":"switchboard keys","version":2}';
const NO_DATABASE = 'this is no database, but was one';

const workspace = ({ program }, name) => join(program.dataFolder, 'main', name);

const isOpen = (page) => page.find(byId('account-row', { 'data-state': 'online' }), 60_000);

/** Starts the program anew and waits for its sentence. */
async function opensWith(context, sentence, picture) {
  context.page = await context.program.restart();
  await context.page.findText('main', sentence, 30_000);
  await context.page.screenshot(picture);
}

/** What the screen offers first is to try again. */
async function triesAgain({ page }) {
  await page.click('main button');
  await isOpen(page);
}

async function saysItIsNewer(context) {
  await isOpen(context.page);
  await context.program.kill();
  const keys = workspace(context, 'keys.json');
  const good = readFileSync(keys);
  writeFileSync(keys, NEWER);
  await opensWith(context, 'A newer Switchboard wrote this workspace', 'cannot-open-newer');
  assert.equal(readFileSync(keys, 'utf8'), NEWER, 'it is left as it was');
  writeFileSync(keys, good);
  await triesAgain(context);
}

async function saysItIsDamaged(context) {
  await context.program.kill();
  const database = workspace(context, 'crm.db');
  const good = readFileSync(database);
  // Of what was written last, some stands beside the file.
  const beside = ['-wal', '-shm'].map((end) => `${database}${end}`).filter(existsSync);
  const log = beside.map((path) => [path, readFileSync(path)]);
  writeFileSync(database, NO_DATABASE);
  await opensWith(context, 'The data of this workspace is damaged', 'cannot-open-damaged');
  assert.equal(readFileSync(`${database}.damaged-1`, 'utf8'), NO_DATABASE, 'a copy is kept');
  assert.equal(readFileSync(database, 'utf8'), NO_DATABASE, 'nothing is deleted');
  writeFileSync(database, good);
  for (const [path, bytes] of log) writeFileSync(path, bytes);
  await triesAgain(context);
}

/** Lays a mount over a folder that takes no writes: whoever is root writes otherwise. */
function seal({ noted }, folder) {
  execFileSync('mount', ['--bind', folder, folder]);
  noted.sealed = folder;
  execFileSync('mount', ['-o', 'remount,bind,ro', folder]);
}

function unseal({ noted }) {
  if (noted.sealed) execFileSync('umount', ['--lazy', noted.sealed]);
  noted.sealed = undefined;
}

async function saysItCannotBeWritten(context) {
  await context.program.kill();
  seal(context, workspace(context, ''));
  await opensWith(context, 'The data folder cannot be written', 'cannot-open-read-only');
  unseal(context);
  await triesAgain(context);
}

/** Without a folder to lock there is no window: a dialog of the system's own says why. */
async function saysSoInADialog(context) {
  const { program } = context;
  await program.kill();
  seal(context, program.dataFolder);
  const child = spawn(program.binary, ['--data-dir', program.dataFolder], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (bytes) => (said += bytes));
  const ended = once(child, 'exit');
  try {
    await until('it says why', async () => /its data folder .* cannot be written/.test(said), 20_000);
    await until('there is a dialog', async () => (await windowsNamed('^Switchboard$')).length > 0);
  } finally {
    child.kill();
    await ended;
    unseal(context);
  }
  context.page = await program.open();
  await isOpen(context.page);
}

async function clears(context) {
  unseal(context);
  await context.noted.sandbox?.end();
}

/** @type {import('../runner.mjs').Journey} */
export const cannotOpen = {
  name: 'cannot-open',
  before: ['a workspace of one account', oneAccount],
  steps: [
    ['one of a newer program is told, and opens once it is not', saysItIsNewer],
    ['a damaged one is told and copied, and opens once it is mended', saysItIsDamaged],
    ['one that cannot be written is told, and opens once it can be', saysItCannotBeWritten],
    ['a data folder that cannot be written is told before there is a window', saysSoInADialog],
  ],
  after: clears,
};
