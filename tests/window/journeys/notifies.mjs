// A message that comes while nobody looks raises one notification on the desktop, and a click on it
// opens the chat.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { byId } from '../page.mjs';
import { Cli } from '../cli.mjs';
import { Asked, click, displayed, past } from '../notifications.mjs';
import { KEY } from '../webdriver.mjs';
import { ask } from './ask.mjs';

const stamp = Date.now();
const FIRST = `Hello ${stamp}`;
const SECOND = `Is <b>anybody</b> there & well ${stamp}`;
const SEEN = `Olga looks at this ${stamp}`;
const SILENT = `Nobody is to hear this ${stamp}`;
const HIDDEN = `Nobody is to read this ${stamp}`;

async function bothLogIn({ program, noted }) {
  noted.folder = mkdtempSync(join(tmpdir(), 'switchboard-peer-'));
  const olga = new Cli(program.binary, program.dataFolder);
  const lena = new Cli(program.binary, noted.folder);
  const profile = join(noted.folder, 'profile.toml');
  noted.sandbox = lena.start('sandbox', '--world', 'small', '--profile-out', profile);
  await noted.sandbox.state('ready');
  await olga.run('accounts', 'add', '--profile', profile);
  await olga.run('sync');
  const lenas = ['--phone', '+9996620003', '--code', '12345', '--password', 'correct horse'];
  await lena.run('accounts', 'add', '--profile', profile, ...lenas);
  await lena.run('sync');
  noted.lena = lena;
  noted.run = lena.start('run');
  await noted.run.state('running');
  writeFileSync(join(program.dataFolder, 'ui.json'), JSON.stringify({ workspace: 'main' }));
}

async function isReady({ page, noted }) {
  await page.find(byId('account-row', { 'data-state': 'online' }), 60_000);
  const synced = async () =>
    (await ask(page, 'sync_status', {})).every(({ stage }) => stage === 'complete');
  await page.until('the first sync is complete', synced, 60_000);
  const keys = await ask(page, 'chat_keys', { filter: { people: true } });
  const chats = await ask(page, 'chats', { ids: keys });
  noted.chat = chats.find(({ title }) => title === 'Lena Locked').id;
  assert.equal(await displayed(), 0);
  // Other journeys on this desktop have raised theirs.
  noted.former = (await past()).length;
}

/** The notifications of this journey that are gone, newest first. */
async function pastOf(noted) {
  const all = await past();
  return all.slice(0, all.length - noted.former);
}

async function raisesOne({ page, noted }) {
  noted.asked = await Asked.start();
  await noted.lena.run('send', 'Olga Operator', FIRST);
  await page.until('a notification is shown', async () => (await displayed()) === 1);
  await noted.lena.run('send', 'Olga Operator', SECOND);
  const arrived = async () => (await ask(page, 'chats', { ids: [noted.chat] }))[0].last.line === SECOND;
  await page.until('the second message is here', arrived);
  await page.until('the notification is shown anew', async () => noted.asked.count === 2);
  assert.equal(await displayed(), 1);
}

async function clickOpens({ page, noted }) {
  await click();
  await page.find(byId('conversation', { 'data-chat': String(noted.chat) }));
  await page.until('the notification is gone', async () => (await displayed()) === 0);
  await page.screenshot('opened-by-notification');
  const told = await pastOf(noted);
  assert.equal(told.length, 1);
  assert.equal(told[0].app, 'Switchboard');
  assert.equal(told[0].summary, 'Lena Locked');
  // Marked for the daemon as text: it reads tags, and a stranger's are none.
  const shown = SECOND.replace('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  assert.equal(told[0].body, `${shown}\nNew messages: 2`);
}

/** Sends a text and waits until the window's side has it. */
async function sendAndArrive({ page, noted }, text) {
  await noted.lena.run('send', 'Olga Operator', text);
  const arrived = async () => (await ask(page, 'chats', { ids: [noted.chat] }))[0].last.line === text;
  await page.until('the message is here', arrived);
}

// The click gave the window the focus.
async function inSightRaisesNone(context) {
  const { page, noted } = context;
  await sendAndArrive(context, SEEN);
  await page.findText(byId('message'), SEEN);
  await page.press(KEY.escape);
  await page.gone(byId('conversation', { 'data-chat': String(noted.chat) }));
  assert.equal(await displayed(), 0);
}

async function respectsMute(context) {
  const { page, noted } = context;
  await ask(page, 'notify_chat', { chat: noted.chat, muted: true });
  assert.deepEqual(await ask(page, 'notify_muted', {}), [noted.chat]);
  await sendAndArrive(context, SILENT);
  await ask(page, 'notify_chat', { chat: noted.chat, muted: false });
  const settings = { messages: true, preview: false, quiet: null };
  await ask(page, 'set_notification_settings', { settings });
  await sendAndArrive(context, HIDDEN);
  await page.until('a notification is shown', async () => (await displayed()) === 1);
  await click();
  await page.until('the notification is gone', async () => (await displayed()) === 0);
  const told = await pastOf(noted);
  assert.equal(told.length, 2, 'the one in sight and the silent one raised none');
  assert.equal(told[0].summary, 'Switchboard');
  assert.match(told[0].body, /^New messages: \d$/);
}

async function endAll({ noted }) {
  noted.asked?.stop();
  await noted.run?.end();
  await noted.sandbox?.end();
  if (noted.folder) rmSync(noted.folder, { recursive: true, force: true });
}

/** @type {import('../runner.mjs').Journey} */
export const notifies = {
  name: 'notifies',
  before: ['two people log in, each in an installation of their own', bothLogIn],
  steps: [
    ['the window is ready and nothing was notified of', isReady],
    ['two live messages of a chat raise one notification', raisesOne],
    ['a click on it opens the chat', clickOpens],
    ['a message of the chat in sight raises none', inSightRaisesNone],
    ['a silent chat raises none, and a hidden preview hides all', respectsMute],
  ],
  after: endAll,
};
