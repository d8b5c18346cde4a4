// The window opens while `switchboard-cli run` is at work: it takes the workspace over, nothing is
// lost, and it gives the workspace back.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { byId } from '../page.mjs';
import { Cli } from '../cli.mjs';
import { closeWindow } from '../stand-in.mjs';
import { KEY, until } from '../webdriver.mjs';
import { ask } from './ask.mjs';

const TEXT = `Written after a hand-over ${Date.now()}`;

async function runWithoutWindow({ program, noted }) {
  const cli = new Cli(program.binary, program.dataFolder);
  const profile = join(program.dataFolder, 'profile.toml');
  noted.cli = cli;
  noted.sandbox = cli.start('sandbox', '--world', 'small', '--profile-out', profile);
  await noted.sandbox.state('ready');
  await cli.run('accounts', 'add', '--profile', profile);
  await cli.run('sync');
  noted.run = cli.start('run');
  await noted.run.state('running');
  writeFileSync(join(program.dataFolder, 'ui.json'), JSON.stringify({ workspace: 'main' }));
}

async function takesOver({ page, noted }) {
  await noted.run.state('yielded');
  await page.find(byId('account-row', { 'data-state': 'online' }), 60_000);
  await page.screenshot('taken-over');
}

async function sends({ page }) {
  const keys = await ask(page, 'chat_keys', { filter: { people: true } });
  const chats = await ask(page, 'chats', { ids: keys });
  const anna = chats.find(({ title }) => title === 'Anna Adler');
  assert.ok(anna, 'Anna is among the people');
  await page.click(byId('chat-row', { 'data-chat': String(anna.id) }));
  await page.type(byId('composer'), TEXT);
  await page.press(KEY.enter);
  await page.findText(byId('message'), TEXT);
}

/** Closed by its cross, where no tray shows: the program ends in order. */
async function givesBack({ page, program, noted }) {
  const { pid } = await ask(page, 'status', {});
  await closeWindow();
  await until('the program ends', async () => !existsSync(`/proc/${pid}`), 20_000);
  await noted.run.state('running', 2);
  const { kind } = JSON.parse(readFileSync(join(program.dataFolder, 'main', 'holder.json')));
  assert.equal(kind, 'run');
}

/** The window takes over once more, and is killed. */
async function isGivenBack(context) {
  // The driver has no program any more that it could end.
  await context.program.kill().catch(() => undefined);
  context.page = await context.program.open();
  await context.noted.run.state('yielded', 2);
  await context.page.find(byId('account-row', { 'data-state': 'online' }), 60_000);
  await context.program.kill();
  await context.noted.run.state('running', 3);
}

async function nothingIsLost({ noted }) {
  const found = await noted.cli.run('search', TEXT);
  assert.equal(found.hits.length, 1);
  assert.equal(found.hits[0].message.delivery, 'sent');
}

async function endAll({ noted }) {
  await noted.run?.end();
  await noted.sandbox?.end();
}

/** @type {import('../runner.mjs').Journey} */
export const handOver = {
  name: 'takes-over',
  before: ['the engine runs without a window', runWithoutWindow],
  steps: [
    ['takes the workspace over', takesOver],
    ['sends a message', sends],
    ['gives the workspace back when it is closed', givesBack],
    ['nothing is lost', nothingIsLost],
    ['and the workspace is taken back when it is killed', isGivenBack],
    ['nothing is lost then either', nothingIsLost],
  ],
  after: endAll,
};
