// Two installations over one simulated Telegram: what one sends is in the other's window within a
// second, and the other way round, with the ticks that tell so.

import assert from 'node:assert/strict';
import { MESSAGE, byId } from '../page.mjs';
import { watchFor } from '../painted.mjs';
import { KEY } from '../webdriver.mjs';
import { hasTicks } from './ticks.mjs';
import { bothLeave, bothLogIn, isReady } from './two-people.mjs';

/** What the operator is promised, from the server's word that it has the message. */
const WITHIN_MS = 1_000;

const stamp = Date.now();
const FIRST = `While catching up ${stamp}`;
const INTO_LIST = `Into the list ${stamp}`;
const INTO_CHAT = `Into the open chat ${stamp}`;
const BACK = `Back from the window ${stamp}`;

const lenasRow = (noted) => byId('chat-row', { 'data-chat': String(noted.chat) });

async function findsLena(context) {
  await isReady(context);
  await context.page.find(lenasRow(context.noted));
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
  return `${await sendAndSee(page, noted.lena, lenasRow(noted), FIRST)} ms`;
}

// The window may well be faster than the command that sends: its answer passes a socket, a print
// and the end of a process. That is a negative figure, and no mistake.
function judge(what, late) {
  assert.ok(late < WITHIN_MS, `${what} ${late} ms after it was acknowledged`);
  return `${late} ms after the sender had the server's word`;
}

async function arrivesInList({ page, noted }) {
  return judge('in the list', await sendAndSee(page, noted.lena, lenasRow(noted), INTO_LIST));
}

async function arrivesInChat({ page, noted }) {
  await page.click(lenasRow(noted));
  await page.find(byId('conversation', { 'data-chat': String(noted.chat) }));
  await page.findText(MESSAGE, INTO_LIST);
  return judge('in the chat', await sendAndSee(page, noted.lena, MESSAGE, INTO_CHAT));
}

/** The last messages that Lena's installation holds of the chat. */
async function atLena({ noted }, ...flags) {
  const { messages } = await noted.lena.run('messages', 'Olga Operator', '--limit', '3', ...flags);
  return messages.map(({ text }) => text);
}

async function arrivesAtPeer(context) {
  const { page } = context;
  await page.type(byId('composer'), BACK);
  await page.press(KEY.enter);
  await hasTicks(page, BACK, '.ticks.sent');
  await page.until('Lena has it', async () => (await atLena(context)).includes(BACK));
  await hasTicks(page, BACK, '.ticks.sent');
}

async function ticksTurn(context) {
  await atLena(context, '--mark-read');
  await hasTicks(context.page, BACK, '.ticks.read');
  await context.page.screenshot('between-two');
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
  after: bothLeave,
};
