// The window locks by itself: after a time without a key, and when the computer falls asleep. What it
// showed is gone then, and the passphrase brings it back. Only logind's word counts.

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { MESSAGE, byId } from '../page.mjs';
import { StandIn } from '../stand-in.mjs';
import { KEY } from '../webdriver.mjs';
import { ask } from './ask.mjs';

const PASSPHRASE = 'a passphrase of this journey';
const DRAFT = `Half a sentence ${Date.now()}`;
/** How long a minute of idleness is for the program: main.mjs tells it how fast to count. */
const minuteMs = () => 60_000 / Number(process.env.SWITCHBOARD_IDLE_PACE);
/** The page tells no more often that somebody is there. */
const TELLS_MS = 2_000;
/** What does not happen is waited for this long. */
const NOTHING_MS = 700;

const settings = (page, changed) =>
  ask(page, 'set_lock_settings', {
    settings: { idle_minutes: 0, on_sleep: false, full: false, ...changed },
  });
const isLocked = async (page) => (await page.count(byId('unlock'))) > 0;

async function logindRuns({ noted }) {
  noted.logind = await StandIn.start('logind');
}

/** A chat is open, with a sentence begun. */
async function isAtWork({ page, noted }) {
  await page.find(byId('chat-row'), 60_000);
  await ask(page, 'passphrase_set', { old: null, new: PASSPHRASE });
  const chats = await ask(page, 'chats', { ids: await ask(page, 'chat_keys', { filter: {} }) });
  const chat = chats.find(({ kind, can_write }) => kind === 'person' && can_write);
  await page.click(byId('chat-row', { 'data-chat': String(chat.id) }));
  await page.find(MESSAGE);
  await page.type(byId('composer'), DRAFT);
  const request = { chat: chat.id, anchor: { at: 'latest' }, limit: 10 };
  const { messages } = await ask(page, 'history', { request });
  const said = messages.map(({ text }) => text.split('\n')[0]).filter((text) => text.length > 12);
  noted.seen = await shown(page, [chat.title, DRAFT, ...said]);
  assert.deepEqual(noted.seen.slice(0, 2), [chat.title, DRAFT]);
  assert.ok(noted.seen.length > 5, 'there is something to be seen');
}

/** Which of the texts the page holds: as text, in an attribute or in a field. */
function shown(page, texts) {
  return page.session.run(
    `const all = [document.title, document.documentElement.textContent];
     for (const element of document.querySelectorAll('*')) {
       if (typeof element.value === 'string') all.push(element.value);
       for (const { value } of element.attributes) all.push(value);
     }
     return arguments[0].filter((text) => all.some((said) => said.includes(text)));`,
    texts,
  );
}

async function keysPutItOff({ page, noted }) {
  await settings(page, { idle_minutes: 1 });
  const until = performance.now() + minuteMs() * 1.3;
  while (performance.now() < until) {
    await page.press(KEY.shift);
    noted.touched = performance.now();
    await pause(TELLS_MS + 200);
    assert.equal(await isLocked(page), false);
  }
}

async function locksWhenIdle({ page, noted }) {
  await page.find(byId('unlock'), minuteMs() * 2);
  const idle = performance.now() - noted.touched;
  assert.ok(idle > minuteMs() - TELLS_MS, `not before its time: ${idle} ms`);
  return `after ${Math.round(idle)} ms of ${minuteMs()}`;
}

async function showsNothing({ page, noted }) {
  assert.equal(await page.count(MESSAGE), 0);
  assert.deepEqual(await shown(page, noted.seen), []);
  await page.screenshot('locked-by-itself');
}

async function opensByPassphrase({ page, noted }) {
  await page.type(byId('passphrase'), 'not the passphrase');
  await page.click(byId('unlock'));
  await page.find('[role="alert"]');
  assert.ok(await isLocked(page));
  await page.click(byId('passphrase'));
  await page.press(KEY.control, 'a');
  await page.type(byId('passphrase'), PASSPHRASE);
  await page.click(byId('unlock'));
  await page.find(byId('chat-row'));
  await settings(page, {});
  const [title] = noted.seen;
  await page.until('its chats are there', async () => (await shown(page, [title])).length === 1);
}

async function sleepsUnlocked({ page, noted }) {
  await noted.logind.ask('sleeps');
  await pause(NOTHING_MS);
  assert.equal(await isLocked(page), false);
  await noted.logind.ask('wakes');
  assert.deepEqual(await noted.logind.ask('holding'), []);
}

async function hearsLogindAlone({ page, noted }) {
  await settings(page, { on_sleep: true });
  const holds = async () => (await noted.logind.ask('holding')).length > 0;
  await page.until('it holds up the sleep', holds, minuteMs() * 2);
  assert.deepEqual(await noted.logind.ask('holding'), [['sleep', 'delay']]);
  assert.ok((await noted.logind.ask('clients')) > 0, 'somebody listens on the bus');
  await noted.logind.ask('lies');
  await pause(NOTHING_MS);
  assert.equal(await isLocked(page), false);
}

async function locksAsleep({ page, noted }) {
  const began = performance.now();
  await noted.logind.ask('sleeps');
  const free = async () => (await noted.logind.ask('holding')).length === 0;
  await page.until('the computer may sleep', free);
  const took = Math.round(performance.now() - began);
  assert.ok(await isLocked(page), 'it was locked before');
  await showsNothing({ page, noted });
  await noted.logind.ask('wakes');
  assert.ok(await isLocked(page));
  const holds = async () => (await noted.logind.ask('holding')).length > 0;
  await page.until('it holds up the next sleep', holds, minuteMs() * 2);
  return `the computer waited ${took} ms`;
}

/** @type {import('../runner.mjs').Journey} */
export const locksItself = {
  name: 'locks-itself',
  args: ['--demo'],
  before: ['logind runs', logindRuns],
  steps: [
    ['somebody is at work', isAtWork],
    ['keys put the lock off', keysPutItOff],
    ['without them it locks', locksWhenIdle],
    ['what was seen is gone', showsNothing],
    ['the passphrase opens it, another one does not', opensByPassphrase],
    ['where it is not set to, it does not lock before a sleep', sleepsUnlocked],
    ['a stranger who says that it sleeps is not heard', hearsLogindAlone],
    ['when logind says so, it locks before the computer sleeps', locksAsleep],
  ],
  after: async ({ noted }) => noted.logind?.stop(),
};
