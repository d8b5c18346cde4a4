// The window is locked: it is emptied and its commands are refused until it is unlocked. A full
// lock leaves neither the key nor a message in the memory of the process or of its page.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { displayed } from '../notifications.mjs';
import { keyOf } from '../keyring.mjs';
import { MESSAGE, byId } from '../page.mjs';
import { family, inMemory } from '../memory.mjs';
import { KEY } from '../webdriver.mjs';
import { ask, invoke } from './ask.mjs';

const PHRASE = `canary-${Date.now().toString(36)}-sings`;

async function opensDemo({ page, noted }) {
  await page.find(byId('chat-row'), 60_000);
  const keys = await ask(page, 'chat_keys', { filter: {} });
  const chats = await ask(page, 'chats', { ids: keys });
  [noted.chat, noted.other] = chats.filter(({ kind, can_write }) => kind === 'person' && can_write);
}

async function locks({ page }) {
  await page.press(KEY.control, KEY.shift, 'l');
  await page.find(byId('unlock'));
  assert.equal(await page.count(byId('chat-row')), 0);
  await page.screenshot('locked');
}

async function refuses({ page, noted }) {
  const refusals = [
    ['call', { call: { call: 'chats', args: { ids: [noted.chat.id] } } }],
    ['close_workspace', {}],
    ['wipe_demo', {}],
    ['open_workspace', { name: 'main', passphrase: null }],
  ];
  for (const [command, args] of refusals) {
    const { refused } = await invoke(page, command, args);
    assert.match(refused ?? 'it was answered', /locked/i, command);
  }
}

// What is in the keyring opens the demo, and a click is enough where there is no passphrase.
async function unlocks({ page }) {
  await page.click(byId('unlock'));
  await page.find(byId('chat-row'));
}

async function singsInMemory({ page, program, noted }) {
  noted.pid = (await ask(page, 'status', {})).pid;
  await ask(page, 'send', { chat: noted.chat.id, text: PHRASE, entities: [], reply_to: null });
  await page.click(byId('chat-row', { 'data-chat': String(noted.chat.id) }));
  await page.findText(`${MESSAGE}, ${byId('outgoing')}`, PHRASE);
  const key = keyOf(program.dataFolder, 'demo');
  noted.needles = [key, Buffer.from(key.toString('hex')), Buffer.from(PHRASE)];
  const found = inMemory(noted.pid, noted.needles);
  assert.ok(found.includes(0), 'the key is in memory while the workspace is open');
  assert.ok(found.includes(2), 'the message is in memory while the workspace is open');
}

/** Whether a process holds the demo. */
const isHeld = (program) => existsSync(join(program.dataFolder, 'demo', 'holder.json'));

/** People of the demo answer what is sent to them. */
async function isToldOf({ page, noted }) {
  const settings = { messages: true, reminders: true, preview: true, quiet: null };
  await ask(page, 'set_notification_settings', { settings });
  await ask(page, 'send', { chat: noted.other.id, text: 'Hello', entities: [], reply_to: null });
  await page.until('a notification is shown', async () => (await displayed()) > 0, 60_000);
}

async function forgetsAll({ page, program, noted }) {
  const former = family(noted.pid).filter((pid) => pid !== noted.pid);
  // The program ends before it answers.
  void invoke(page, 'lock', { fully: true }).catch(() => undefined);
  const looks = () => JSON.parse(readFileSync(join(program.dataFolder, 'ui.json')));
  await page.until('the lock is remembered', async () => looks().locked_workspaces.includes('demo'));
  await page.until('the workspace is let go', async () => !isHeld(program), 30_000);
  assert.equal(await displayed(), 0, 'nothing is told of people any more');
  const gone = async () => family(noted.pid).every((pid) => !former.includes(pid));
  await page.until('the former page is gone', gone, 20_000);
  const anew = async () => family(noted.pid).length > 1;
  await page.until('there is a new page', anew, 20_000);
  for (const pid of family(noted.pid)) assert.deepEqual(inMemory(pid, noted.needles), [], pid);
  assert.equal(isHeld(program), false, 'it waits at the lock');
}

async function endAll({ noted }) {
  try {
    process.kill(noted.pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

/** @type {import('../runner.mjs').Journey} */
export const locksWindow = {
  name: 'locks',
  args: ['--demo'],
  steps: [
    ['opens the demo', opensDemo],
    ['a key locks and empties the window', locks],
    ['what is locked refuses commands', refuses],
    ['is unlocked by a click, with the keyring as its witness', unlocks],
    ['key and message are in memory', singsInMemory],
    ['a message is told of on the desktop', isToldOf],
    ['after a full lock they are not, in no process of the program', forgetsAll],
  ],
  after: endAll,
};
