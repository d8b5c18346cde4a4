// A new person tries the program without an account, closes it, and comes back.

import assert from 'node:assert/strict';
import { byId } from '../page.mjs';
import { KEY } from '../webdriver.mjs';

const REPLY = `An answer from the window, ${Date.now()}`;

/** The demo begins slowly on a busy machine: its worlds are made and synced on first opening. */
const FIRST_SYNC_MS = 60_000;

/** The demo's people write every few seconds, and answer within about as long. */
const LIVE_MS = 60_000;

/** What the list of chats shows, chat by chat. */
async function rows(page) {
  const ids = await page.attributes(byId('chat-row'), 'data-chat');
  const texts = await page.contents(byId('chat-row'));
  return new Map(ids.map((id, at) => [id, texts[at]]));
}

async function firstRun({ page }) {
  await page.find(byId('first-run-connect'));
  await page.find(byId('first-run-demo'));
  await page.screenshot('first-run');
}

async function opensDemo({ page }) {
  await page.click(byId('first-run-demo'));
  await page.find(byId('chat-list'), FIRST_SYNC_MS);
  await page.find(byId('demo-badge'));
  await page.until('chats are listed', async () => (await page.count(byId('chat-row'))) >= 10, FIRST_SYNC_MS);
}

async function threeAccounts({ page }) {
  await page.until('three accounts stand in the sidebar', async () =>
    (await page.count(byId('account-row'))) === 3,
  );
  await page.screenshot('inbox-light');
}

async function liveMessage({ page, noted }) {
  const before = await rows(page);
  noted.live = await page.until(
    'a chat says something new by itself',
    async () => {
      for (const [chat, text] of await rows(page)) if (before.get(chat) !== text) return chat;
      return undefined;
    },
    LIVE_MS,
  );
}

async function findsCyrillic({ page }) {
  await page.click(byId('search-input'));
  // Capitals on purpose: the search folds Cyrillic case.
  await page.type(byId('search-input'), 'ЗАКАЗ');
  await page.findText(byId('search-hit'), /заказ/i);
  await page.screenshot('search');
  await page.click(byId('search-hit'));
  await page.findText(`${byId('conversation')} ${byId('message')}`, /заказ/i);
  await page.screenshot('search-hit-opened');
  await page.press(KEY.escape);
}

async function replies({ page, noted }) {
  noted.chat = await page.until('a chat with a person is there', async () => {
    const [first] = await page.attributes(`${byId('chat-row')}[data-kind="user"]`, 'data-chat');
    return first;
  });
  await page.click(byId('chat-row', { 'data-chat': noted.chat }));
  await page.find(byId('composer'));
  await page.type(byId('composer'), REPLY);
  await page.press(KEY.enter);
  await page.findText(byId('message'), REPLY);
}

/** Waits until the answer's ticks say that it came as far as `state`. */
function reached(page, states, timeoutMs) {
  return page.until(
    `the answer is ${states.join(' or ')}`,
    () =>
      page.session.run(
        `return [...document.querySelectorAll(arguments[0])].some((message) =>
          message.textContent.includes(arguments[1]) && arguments[2].includes(message.dataset.state));`,
        byId('message'),
        REPLY,
        states,
      ),
    timeoutMs,
  );
}

async function isSentAndRead({ page }) {
  await reached(page, ['sent', 'read']);
  await page.screenshot('sent');
  await reached(page, ['read'], LIVE_MS);
  await page.screenshot('read');
}

async function dark({ page }) {
  await page.click(byId('settings'));
  await page.click(byId('theme-dark'));
  await page.until('the window is dark', async () =>
    (await page.session.run('return document.documentElement.dataset.theme')) === 'dark',
  );
  await page.screenshot('settings-dark');
  await page.press(KEY.escape);
  await page.find(byId('chat-row'));
  await page.screenshot('inbox-dark');
}

async function keepsAll(context) {
  const { program, noted } = context;
  const page = await program.restart();
  context.page = page;
  await page.find(byId('demo-badge'), FIRST_SYNC_MS);
  await page.click(byId('chat-row', { 'data-chat': noted.chat }));
  await page.findText(byId('message'), REPLY);
  await reached(page, ['read'], LIVE_MS);
  assert.equal(await page.count(byId('account-row')), 3);
  assert.equal(await page.session.run('return document.documentElement.dataset.theme'), 'dark');
  await page.screenshot('after-restart');
}

/** @type {import('../runner.mjs').Journey} */
export const demo = {
  name: 'demo',
  steps: [
    ['shows what can be done first', firstRun],
    ['opens the demo', opensDemo],
    ['lists three accounts', threeAccounts],
    ['shows a message that arrives by itself', liveMessage],
    ['finds a Cyrillic word, whatever its case', findsCyrillic],
    ['answers a chat', replies],
    ['shows the answer sent, then read', isSentAndRead],
    ['turns dark', dark],
    ['was killed, opens again, and kept all', keepsAll],
  ],
};
