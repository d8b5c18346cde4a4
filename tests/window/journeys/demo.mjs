// A new person tries the program without an account, has it killed, and comes back.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MESSAGE, byId } from '../page.mjs';
import { KEY } from '../webdriver.mjs';
import { ask, isSynced } from './ask.mjs';
import { hasTicks } from './ticks.mjs';

const ANSWER = `An answer from the window, ${Date.now()}`;

/** The demo's world is made and synced when it is first opened, which takes a busy machine long. */
const FIRST_SYNC_MS = 60_000;

/** People of the demo write every few seconds, and read within about as long. */
const LIVE_MS = 60_000;

async function firstRun({ page }) {
  await page.find(byId('first-run-connect'));
  await page.find(byId('first-run-demo'));
  await page.screenshot('first-run');
}

async function opensDemo({ page }) {
  await page.click(byId('first-run-demo'));
  await page.find(byId('chat-list'), FIRST_SYNC_MS);
  await page.find(byId('demo-badge'));
  const enough = async () => (await page.count(byId('chat-row'))) >= 5;
  await page.until('chats are listed', enough, FIRST_SYNC_MS);
}

async function threeAccounts({ page }) {
  const three = async () => (await page.count(byId('account-row', { 'data-state': 'online' }))) === 3;
  await page.until('three accounts are online in the sidebar', three, FIRST_SYNC_MS);
  await page.screenshot('inbox-light');
}

/** What each listed chat shows as its last message. */
async function lastLines(page) {
  // Read in one go: rows come and go between two questions.
  const read = `return [...document.querySelectorAll(arguments[0])].map((row) =>
    [row.dataset.chat, row.querySelector('.preview')?.textContent.trim() ?? '']);`;
  return new Map(await page.session.run(read, byId('chat-row')));
}

async function liveMessage({ page }) {
  // What the first sync still brings is not live.
  await isSynced(page, FIRST_SYNC_MS);
  const before = await lastLines(page);
  // A chat that was further down comes up when somebody writes in it.
  const somethingNew = async () =>
    [...(await lastLines(page))].some(([chat, line]) => before.get(chat) !== line);
  await page.until('a chat says something new by itself', somethingNew, LIVE_MS);
}

async function findsCyrillic({ page }) {
  await page.press(KEY.control, KEY.shift, 'f');
  // Capitals on purpose: the search folds Cyrillic case.
  await page.type(byId('search-input'), 'ЗАКАЗ');
  await page.findText(byId('search-hit'), /заказ/i);
  await page.screenshot('search');
  await page.click(byId('search-hit'));
  await page.findText(MESSAGE, /заказ/i);
  await page.screenshot('search-hit-opened');
  await page.press(KEY.escape);
  await page.find(byId('chat-row'));
}

/** A chat with a person: in groups it is nobody's turn to read. */
async function chatWithPerson(page) {
  const listed = await page.attributes(byId('chat-row'), 'data-chat');
  const chats = await ask(page, 'chats', { ids: listed.map(Number) });
  const found = chats.find(({ kind, can_write }) => kind === 'person' && can_write);
  assert.ok(found, 'a chat with a person is among those listed');
  return String(found.id);
}

async function answers({ page, noted }) {
  noted.chat = await chatWithPerson(page);
  await page.click(byId('chat-row', { 'data-chat': noted.chat }));
  await page.find(byId('conversation', { 'data-chat': noted.chat }));
  await page.type(byId('composer'), ANSWER);
  await page.press(KEY.enter);
  await page.findText(`${MESSAGE}, ${byId('outgoing')}`, ANSWER);
}

async function isSentAndRead({ page }) {
  await hasTicks(page, ANSWER, '.ticks.sent, .ticks.read');
  await page.screenshot('sent');
  await hasTicks(page, ANSWER, '.ticks.read', LIVE_MS);
  await page.screenshot('read');
}

const isDark = (page) => page.session.run('return document.documentElement.dataset.theme === "dark"');

async function turnsDark({ page, program }) {
  // Letters are commands only while the focus is in no field.
  await page.press(KEY.escape);
  await page.press('g');
  await page.press('s');
  await page.click('label:has(input[value="dark"])');
  await page.until('the window is dark', () => isDark(page));
  await page.screenshot('settings-dark');
  const looks = join(program.dataFolder, 'ui.json');
  await page.until('it is remembered', async () => JSON.parse(readFileSync(looks)).theme === 'dark');
  await page.press(KEY.escape);
  await page.find(byId('chat-row'));
  await page.screenshot('inbox-dark');
}

async function keptAll(context) {
  const { program, noted } = context;
  const page = await program.restart();
  context.page = page;
  await page.find(byId('demo-badge'), FIRST_SYNC_MS);
  await page.click(byId('chat-row', { 'data-chat': noted.chat }));
  await page.findText(MESSAGE, ANSWER);
  await hasTicks(page, ANSWER, '.ticks.read', LIVE_MS);
  assert.equal(await page.count(byId('account-row')), 3);
  assert.ok(await isDark(page));
  await page.screenshot('after-restart');
}

/** @type {import('../runner.mjs').Journey} */
export const demo = {
  name: 'demo',
  steps: [
    ['shows what can be done first', firstRun],
    ['opens the demo', opensDemo],
    ['lists three accounts, online', threeAccounts],
    ['shows a message that arrives by itself', liveMessage],
    ['finds a Cyrillic word, whatever its case', findsCyrillic],
    ['answers a person', answers],
    ['shows the answer sent, then read', isSentAndRead],
    ['turns dark', turnsDark],
    ['was killed, opens again, and kept all', keptAll],
  ],
};
