// Two installations over one simulated Telegram: what one sends is in the other's window within a
// second, and the other way round, with the ticks that tell so.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { byId } from '../page.mjs';
import { Cli } from '../cli.mjs';
import { watchFor } from '../painted.mjs';
import { KEY } from '../webdriver.mjs';
import { ask } from './ask.mjs';

/** What the operator is promised, from the server's word that it has the message. */
const WITHIN_MS = 1_000;

const stamp = Date.now();
const FIRST = `While catching up ${stamp}`;
const INTO_LIST = `Into the list ${stamp}`;
const INTO_CHAT = `Into the open chat ${stamp}`;
const BACK = `Back from the window ${stamp}`;

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

async function findsLena({ page, noted }) {
  await page.find(byId('account-row', { 'data-state': 'online' }), 60_000);
  const synced = async () =>
    (await ask(page, 'sync_status', {})).every(({ stage }) => stage === 'complete');
  await page.until('the first sync is complete', synced, 60_000);
  const keys = await ask(page, 'chat_keys', { filter: { people: true } });
  const chats = await ask(page, 'chats', { ids: keys });
  noted.chat = String(chats.find(({ title }) => title === 'Lena Locked').id);
  await page.find(byId('chat-row', { 'data-chat': noted.chat }));
}

/** Lena sends a text; answers with how long after the server's word the window has painted it. */
async function sendAndSee(page, lena, css, text) {
  const painted = await watchFor(page, css, text);
  const { outgoing } = await lena.run('send', 'Olga Operator', text);
  const acknowledged = Date.now();
  assert.equal(outgoing.state.state, 'sent');
  return (await painted.at()) - acknowledged;
}

// The account has just connected and still catches up, which no promise of a second covers: what
// arrives then waits for its turn.
async function arrivesWhileCatchingUp({ page, noted }) {
  const row = byId('chat-row', { 'data-chat': noted.chat });
  return `${await sendAndSee(page, noted.lena, row, FIRST)} ms`;
}

// The window may well be faster than the command that sends: its answer passes a socket, a print
// and the end of a process. That is a negative figure, and no mistake.
function judge(what, late) {
  assert.ok(late < WITHIN_MS, `${what} ${late} ms after it was acknowledged`);
  return `${late} ms after the sender had the server's word`;
}

async function arrivesInList({ page, noted }) {
  const row = byId('chat-row', { 'data-chat': noted.chat });
  return judge('in the list', await sendAndSee(page, noted.lena, row, INTO_LIST));
}

async function arrivesInChat({ page, noted }) {
  await page.click(byId('chat-row', { 'data-chat': noted.chat }));
  await page.find(byId('conversation', { 'data-chat': noted.chat }));
  await page.findText(byId('message'), INTO_LIST);
  return judge('in the chat', await sendAndSee(page, noted.lena, byId('message'), INTO_CHAT));
}

/** The last messages that Lena's installation holds of the chat. */
async function atLena({ noted }, ...flags) {
  const { messages } = await noted.lena.run('messages', 'Olga Operator', '--limit', '3', ...flags);
  return messages.map(({ text }) => text);
}

/** Waits until the message carries one of the ticks. */
function hasTicks(page, ticks) {
  const look = () =>
    page.session.run(
      `const [messages, text, ticks] = arguments;
       return [...document.querySelectorAll(messages)].some((message) =>
         message.textContent.includes(text) && message.querySelector(ticks) !== null);`,
      byId('message'),
      BACK,
      ticks,
    );
  return page.until(`the message shows ${ticks}`, look);
}

async function arrivesAtPeer(context) {
  const { page } = context;
  await page.type(byId('composer'), BACK);
  await page.press(KEY.enter);
  await hasTicks(page, '.ticks.sent');
  await page.until('Lena has it', async () => (await atLena(context)).includes(BACK));
  await hasTicks(page, '.ticks.sent');
}

async function ticksTurn(context) {
  await atLena(context, '--mark-read');
  await hasTicks(context.page, '.ticks.read');
  await context.page.screenshot('between-two');
}

async function endAll({ noted }) {
  await noted.run?.end();
  await noted.sandbox?.end();
  if (noted.folder) rmSync(noted.folder, { recursive: true, force: true });
}

/** @type {import('../runner.mjs').Journey} */
export const betweenTwo = {
  name: 'between-two',
  before: ['two people log in, each in an installation of their own', bothLogIn],
  steps: [
    ['finds the other', findsLena],
    ['a message that comes right after the start is painted', arrivesWhileCatchingUp],
    ['a message is painted in the list within a second', arrivesInList],
    ['a message is painted in the open chat within a second', arrivesInChat],
    ['an answer is at the peer, and shown sent', arrivesAtPeer],
    ['it is shown read once the peer has read it', ticksTurn],
  ],
  after: endAll,
};
