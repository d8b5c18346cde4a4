// A workspace that was locked stays so, whatever the program opens at its next start: the demo is free,
// and what it is left for shows the lock first.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { byId } from '../page.mjs';
import { KEY } from '../webdriver.mjs';
import { ask, invoke } from './ask.mjs';
import { oneAccount } from './one-account.mjs';

const PASSPHRASE = 'a passphrase of this journey';

const locked = ({ dataFolder }) =>
  JSON.parse(readFileSync(join(dataFolder, 'ui.json'))).locked_workspaces;

async function locks({ page, program }) {
  await page.find(byId('chat-row'), 60_000);
  await ask(page, 'passphrase_set', { old: null, new: PASSPHRASE });
  await page.press(KEY.control, KEY.shift, 'l');
  await page.find(byId('unlock'));
  await page.until('the lock is remembered', async () => locked(program).includes('main'));
}

async function opensTheDemo(context) {
  const { program } = context;
  context.page = await program.restart('--demo');
  await context.page.find(byId('chat-row'), 60_000);
  assert.equal((await ask(context.page, 'status', {})).demo, true);
  assert.deepEqual(locked(program), ['main']);
}

async function refusesWorkOnIt({ page }) {
  const works = [
    ['restore', { name: 'main', request: { file: '/nowhere.swbackup', secret: PASSPHRASE } }],
    ['rekey', { name: 'main', request: { secret: PASSPHRASE, passphrase: null } }],
  ];
  for (const [command, args] of works) {
    const { refused } = await invoke(page, command, args);
    assert.match(refused ?? 'it was done', /locked/i, command);
  }
}

async function showsTheLockFirst(context) {
  const { program } = context;
  const { answer } = await invoke(context.page, 'close_workspace');
  assert.equal(answer.stage, 'first_run');
  const page = (context.page = await program.restart());
  await page.click(byId('first-run-connect'));
  await page.find(byId('passphrase'));
  assert.equal(await page.count(byId('chat-row')), 0);
  const { answer: still } = await invoke(page, 'open_workspace', { name: 'main', passphrase: null });
  assert.deepEqual(still, { stage: 'locked', workspace: 'main', needs: 'passphrase' });
}

async function opensByItsPassphrase({ page, program }) {
  await page.type(byId('passphrase'), 'not the passphrase');
  await page.click(byId('unlock'));
  await page.find('[role="alert"]');
  await page.click(byId('passphrase'));
  await page.press(KEY.control, 'a');
  await page.type(byId('passphrase'), PASSPHRASE);
  await page.click(byId('unlock'));
  await page.find(byId('chat-row'));
  assert.deepEqual(locked(program), []);
}

/** @type {import('../runner.mjs').Journey} */
export const staysLocked = {
  name: 'stays-locked',
  before: ['a workspace of one account', oneAccount],
  steps: [
    ['it is locked', locks],
    ['another start opens the demo', opensTheDemo],
    ['from there no work is done on what is locked', refusesWorkOnIt],
    ['after the demo its lock is shown first', showsTheLockFirst],
    ['the passphrase opens it, another one does not', opensByItsPassphrase],
  ],
  after: async ({ noted }) => noted.sandbox?.end(),
};
