// A message that comes while nobody looks raises one notification on the desktop, and a click on it
// opens the chat.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Cli } from '../cli.mjs';
import { MESSAGE, byId } from '../page.mjs';
import { Asked, click, displayed, past } from '../notifications.mjs';
import { KEY } from '../webdriver.mjs';
import { ask } from './ask.mjs';
import { bothLeave, bothLogIn, isReady, writesToOlga } from './two-people.mjs';

const stamp = Date.now();
const FIRST = `Hello ${stamp}`;
const SECOND = `Is <b>anybody</b> there & well ${stamp}`;
const SEEN = `Olga looks at this ${stamp}`;
const SILENT = `Nobody is to hear this ${stamp}`;
const TAKEN_DOWN = `Who locks takes this down ${stamp}`;
const PROMISE = `The price list ${stamp}`;
const UNSEEN = `Only a number is told of this ${stamp}`;
const HIDDEN = `Nobody is to read this ${stamp}`;

async function isQuiet(context) {
  await isReady(context);
  assert.equal(await displayed(), 0);
  // Other journeys on this desktop have raised theirs.
  context.noted.former = (await past()).length;
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

async function leavesTheChat({ page, noted }) {
  await page.press(KEY.escape);
  await page.gone(byId('conversation', { 'data-chat': String(noted.chat) }));
}

// The click gave the window the focus.
async function inSightRaisesNone(context) {
  const { page } = context;
  await writesToOlga(context, SEEN);
  await page.findText(MESSAGE, SEEN);
  await leavesTheChat(context);
  assert.equal(await displayed(), 0);
}

async function respectsMute(context) {
  const { page, noted } = context;
  await ask(page, 'notify_chat', { chat: noted.chat, muted: true });
  assert.deepEqual(await ask(page, 'notify_muted', {}), [noted.chat]);
  await writesToOlga(context, SILENT);
  await ask(page, 'notify_chat', { chat: noted.chat, muted: false });
  const settings = { messages: true, preview: false, quiet: null };
  await ask(page, 'set_notification_settings', { settings });
  await writesToOlga(context, HIDDEN);
  await page.until('a notification is shown', async () => (await displayed()) === 1);
  await click();
  await page.until('the notification is gone', async () => (await displayed()) === 0);
  const told = await pastOf(noted);
  assert.equal(told.length, 2, 'the one in sight and the silent one raised none');
  assert.equal(told[0].summary, 'Switchboard');
  assert.match(told[0].body, /^New messages: \d$/);
}

/** Locked, the window tells nobody any more whom and what its notifications were about. */
async function lockTakesDown(context) {
  const { page, noted } = context;
  await page.find(byId('conversation', { 'data-chat': String(noted.chat) }));
  await leavesTheChat(context);
  const settings = { messages: true, reminders: true, preview: true, quiet: null };
  await ask(page, 'set_notification_settings', { settings });
  await writesToOlga(context, TAKEN_DOWN);
  await page.until('a notification is shown', async () => (await displayed()) === 1);
  const task = {
    id: null, chat: noted.chat, kind: 'i_owe', text: PROMISE, message: null, due_ms: Date.now(),
  }; // prettier-ignore
  await ask(page, 'task_save', { task });
  await page.until('the promise is shown', async () => (await displayed()) === 2, 20_000);
  await page.press(KEY.control, KEY.shift, 'l');
  await page.find(byId('unlock'));
  await page.until('both are gone', async () => (await displayed()) === 0);
  const told = (await pastOf(noted)).slice(0, 2).map(({ body }) => body);
  assert.ok(told.some((body) => body.includes(TAKEN_DOWN)) && told.some((body) => body.includes(PROMISE)));
}

/** What comes while it is locked is told of without a word of it. */
async function lockedTellsNothing({ page, noted }) {
  await noted.lena.run('send', 'Olga Operator', UNSEEN);
  await page.until('a notification is shown', async () => (await displayed()) === 1);
  await page.click(byId('unlock'));
  await page.find(byId('chat-row'));
  await click();
  await page.until('the notification is gone', async () => (await displayed()) === 0);
  const [told] = await pastOf(noted);
  assert.equal(told.summary, 'Switchboard');
  assert.match(told.body, /^New messages: \d$/);
}

/**
 * The account's session is ended from a copy of it; locked, the desktop still says that an account
 * needs its owner, but not which.
 */
async function troubleIsUnnamed({ program, page, noted }) {
  const copy = new Cli(program.binary, join(noted.folder, 'copy'));
  await copy.run('accounts', 'add', '--profile', join(noted.folder, 'profile.toml'));
  const { accounts } = await copy.run('accounts', 'list');
  const [account] = accounts;
  await copy.run('accounts', 'remove', String(account.id), '--yes');
  // The next thing that is asked of Telegram is refused.
  await ask(page, 'send', { chat: noted.chat, text: 'Hello', entities: [], reply_to: null });
  await page.until('it is told of', async () => (await displayed()) === 1, 30_000);
  const before = noted.asked.count;
  await page.press(KEY.control, KEY.shift, 'l');
  await page.find(byId('unlock'));
  await page.until('it is told anew', async () => noted.asked.count > before);
  const named = async () => (await pastOf(noted))[0].summary === 'Olga Operator needs you';
  await page.until('the one with the name is gone', named);
  assert.equal(await displayed(), 1);
  const told = noted.asked.count;
  await page.click(byId('unlock'));
  await page.find(byId('chat-row'));
  await page.press(KEY.control, KEY.shift, 'l');
  await page.find(byId('unlock'));
  await page.click(byId('unlock'));
  await page.find(byId('chat-row'));
  await click();
  await page.until('the notification is gone', async () => (await displayed()) === 0);
  assert.equal((await pastOf(noted))[0].summary, 'An account needs you');
  assert.equal(noted.asked.count, told, 'it is not told again at every lock');
}

async function endAll(context) {
  context.noted.asked?.stop();
  await bothLeave(context);
}

/** @type {import('../runner.mjs').Journey} */
export const notifies = {
  name: 'notifies',
  before: ['two people log in, each in an installation of their own', bothLogIn],
  steps: [
    ['the window is ready and nothing was notified of', isQuiet],
    ['two live messages of a chat raise one notification', raisesOne],
    ['a click on it opens the chat', clickOpens],
    ['a message of the chat in sight raises none', inSightRaisesNone],
    ['a silent chat raises none, and a hidden preview hides all', respectsMute],
    ['locking takes down what they tell of people', lockTakesDown],
    ['locked, it tells of a message without its words', lockedTellsNothing],
    ['locked, it tells of an account in trouble without its name', troubleIsUnnamed],
  ],
  after: endAll,
};
