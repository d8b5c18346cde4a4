// The window opens while `switchboard-cli run` is at work: it takes the workspace over, nothing is
// lost, and it gives the workspace back.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MESSAGE, byId } from '../page.mjs';
import { closeWindow } from '../stand-in.mjs';
import { KEY, until } from '../webdriver.mjs';
import { ask } from './ask.mjs';
import { oneAccount } from './one-account.mjs';

const TEXT = `Written after a hand-over ${Date.now()}`;

async function runWithoutWindow(context) {
  await oneAccount(context);
  const { noted } = context;
  noted.run = noted.cli.start('run');
  await noted.run.state('running');
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
  await page.findText(MESSAGE, TEXT);
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
