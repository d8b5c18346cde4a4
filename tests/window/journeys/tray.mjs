// The tray: it tells of unread messages and accounts, takes a closed window in and gives it back. Where
// nothing shows it, closing the window ends the program: nothing invisible is left behind.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { family } from '../memory.mjs';
import { byId } from '../page.mjs';
import { listeningTcp } from '../ports.mjs';
import { closeWindow, StandIn, windowsInSight } from '../stand-in.mjs';
import { until } from '../webdriver.mjs';
import { ask, invoke } from './ask.mjs';
import { bothLeave, bothLogIn, isReady, writesToOlga } from './two-people.mjs';

const stamp = Date.now();

async function prepares(context) {
  context.noted.tray = await StandIn.start('tray');
  await bothLogIn(context, { closing: 'tray', language: 'en' });
}

const isAlive = (pid) => existsSync(`/proc/${pid}`);
const isHeld = (program) => existsSync(join(program.dataFolder, 'main', 'holder.json'));
const menu = async ({ noted }) => (await noted.tray.ask('menu')).map(([label]) => label);

/** Waits until the program has ended, and in order. */
async function ends({ program, noted }) {
  await until('the program ends', async () => !isAlive(noted.pid), 20_000);
  assert.equal(isHeld(program), false, 'its workspace is let go');
}

async function closingQuits(context) {
  await isReady(context);
  context.noted.pid = (await ask(context.page, 'status', {})).pid;
  await closeWindow();
  await ends(context);
}

async function openAgain(context) {
  // The driver has no program any more that it could end.
  await context.program.kill().catch(() => undefined);
  context.page = await context.program.open();
}

async function closingQuitsUnseen(context) {
  await openAgain(context);
  await context.noted.tray.ask('appears', false);
  await until('the tray has its icon', async () => (await context.noted.tray.ask('items')) === 1);
  await closingQuits(context);
  await until('its icon is gone', async () => (await context.noted.tray.ask('items')) === 0);
}

/** Started as by its owner: the driver has WebKit listen for it. */
async function listensOnNoPort({ program, noted }) {
  await noted.tray.ask('appears', true);
  const alone = spawn(program.binary, ['--data-dir', program.dataFolder], { stdio: 'ignore' });
  const ended = once(alone, 'exit');
  const isOnline = async () =>
    (await noted.tray.ask('items')) === 1 && (await menu({ noted })).includes('Olga Operator — Online');
  await until('the account is online', isOnline, 60_000);
  await until('there is a page', async () => family(alone.pid).length > 1);
  assert.deepEqual(listeningTcp(family(alone.pid)), []);
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  assert.equal(listeningTcp([process.pid]).length, 1, 'what listens is seen');
  server.close();
  await noted.tray.ask('click', 'Quit');
  await ended;
}

async function hasAnIcon(context) {
  const { noted } = context;
  await noted.tray.ask('appears', true);
  await openAgain(context);
  await isReady(context);
  noted.pid = (await ask(context.page, 'status', {})).pid;
  await until('the tray has its icon', async () => (await noted.tray.ask('items')) === 1);
  assert.equal(await noted.tray.ask('property', 'Status'), 'Active');
  assert.notEqual(await noted.tray.ask('property', 'IconName'), '');
}

async function tellsUnread(context) {
  const { noted } = context;
  const said = async () => (await menu(context)).find((label) => label.startsWith('Unread: '));
  const wanted = async () => {
    const accounts = await ask(context.page, 'accounts', {});
    return `Unread: ${accounts.reduce((all, { unread }) => all + unread, 0)}`;
  };
  const agrees = async () => (await said()) === (await wanted());
  await until('the menu tells how many are unread', agrees);
  const before = await wanted();
  await writesToOlga(context, `One more ${stamp}`);
  assert.notEqual(await wanted(), before);
  await until('the menu counts it', agrees);
  const beside = async () => `Unread: ${await noted.tray.ask('property', 'XAyatanaLabel')}`;
  await until('the number beside the icon is the same', async () => (await beside()) === (await wanted()));
  return `${before}, then ${await said()}`;
}

async function tellsAccounts(context) {
  assert.ok((await menu(context)).includes('Olga Operator — Online'));
  await context.noted.sandbox.end();
  context.noted.sandbox = undefined;
  const waits = async () =>
    (await menu(context)).some((label) => /^Olga Operator — (?!Online)/.test(label));
  await until('the menu tells that the account waits', waits, 20_000);
}

/** The desktop reads a file at login (https://specifications.freedesktop.org/autostart-spec/). */
async function startsWithTheDesktop({ page, program }) {
  const folder = join(process.env.XDG_CONFIG_HOME, 'autostart');
  const isOn = async () => (await invoke(page, 'starts_with_system')).answer;
  assert.equal(await isOn(), false);
  await invoke(page, 'set_starts_with_system', { on: true });
  assert.equal(await isOn(), true);
  const [name] = readdirSync(folder);
  const said = readFileSync(join(folder, name), 'utf8');
  const words = `${program.binary} --hidden --data-dir ${program.dataFolder}`;
  assert.equal(/^Exec=(.*)$/m.exec(said)?.[1].trim(), words);
  await invoke(page, 'set_starts_with_system', { on: false });
  assert.equal(await isOn(), false);
  assert.deepEqual(readdirSync(folder), []);
}

/** Who has not said yet what closing means is asked, and the answer is kept. */
async function asks({ page, program, noted }) {
  const { answer: looks } = await invoke(page, 'looks');
  await invoke(page, 'save_looks', { looks: { ...looks, closing: 'ask' } });
  await closeWindow();
  await page.findText(byId('confirm'), 'Keep running in the tray');
  await page.screenshot('asks-what-closing-means');
  // By the page itself: the driver's click waits for a frame, which a window that hides never draws.
  await page.session.run(
    `const ways = [...document.querySelectorAll(arguments[0])];
     setTimeout(() => ways.find(({ textContent }) => textContent.includes('tray')).click());`,
    byId('confirm'),
  );
  await until('the window is gone', async () => (await windowsInSight()).length === 0);
  assert.equal(JSON.parse(readFileSync(join(program.dataFolder, 'ui.json'))).closing, 'tray');
  await noted.tray.ask('click', 'Open Switchboard');
  await until('the window is back', async () => (await windowsInSight()).length === 1);
}

async function hides(context) {
  assert.equal((await windowsInSight()).length, 1);
  await closeWindow();
  await until('the window is gone', async () => (await windowsInSight()).length === 0);
  assert.ok(isAlive(context.noted.pid));
  assert.ok(isHeld(context.program), 'its workspace goes on');
}

async function hearsHidden(context) {
  const read = () => ask(context.page, 'accounts', {});
  const before = (await read())[0].unread;
  await writesToOlga(context, `Nobody sees the window ${stamp}`);
  const counted = async () => (await menu(context)).includes(`Unread: ${before + 1}`);
  await until('the menu counts it', counted);
}

async function comesBack(context) {
  await context.noted.tray.ask('click', 'Open Switchboard');
  await until('the window is back', async () => (await windowsInSight()).length === 1);
  await context.page.findText(byId('chat-row'), `Nobody sees the window ${stamp}`);
}

/** How long a panel may take to start anew, and something more. */
const RESTART_MS = 6_500;

/** Hidden, the window must not be lost: not with a panel that ends, nor with one that shows no tray more. */
async function comesBackWithoutATray(context) {
  const { tray } = context.noted;
  for (const goes of [['vanishes'], ['appears', false]]) {
    await hides(context);
    await tray.ask(...goes);
    const isBack = async () => (await windowsInSight()).length === 1;
    await until(`the window is back after ${goes}`, isBack, RESTART_MS * 2);
    await tray.ask('appears', true);
    await until('the tray has its icon', async () => (await tray.ask('items')) === 1);
  }
}

async function staysAwayMeanwhile(context) {
  const { tray } = context.noted;
  await hides(context);
  await tray.ask('vanishes');
  await tray.ask('appears', true);
  await pause(RESTART_MS);
  assert.deepEqual(await windowsInSight(), []);
  await until('the tray has its icon', async () => (await tray.ask('items')) === 1);
}

async function secondStartShows({ program }) {
  const second = spawn(program.binary, ['--data-dir', program.dataFolder], { stdio: 'ignore' });
  await once(second, 'exit');
  await until('the window is back', async () => (await windowsInSight()).length === 1);
}

/** Whoever sits at a locked window reads no name in its menu. */
async function locksFromThere(context) {
  const { page, noted } = context;
  const named = async () => (await menu(context)).some((label) => label.includes('Olga'));
  await until('the menu names the account', named);
  await noted.tray.ask('click', 'Lock');
  await page.find(byId('unlock'));
  await until('the menu names nobody', async () => !(await named()));
  assert.ok((await menu(context)).includes('Online'));
  await page.click(byId('unlock'));
  await page.find(byId('chat-row'));
  await until('the menu names the account', named);
}

async function quits(context) {
  await context.noted.tray.ask('click', 'Quit');
  await ends(context);
}

/** @type {import('../runner.mjs').Journey} */
export const tray = {
  name: 'tray',
  before: ['two people log in, and closing is to keep the program', prepares],
  steps: [
    ['where there is no tray, closing ends it', closingQuits],
    ['where nobody shows the tray, closing ends it', closingQuitsUnseen],
    ['online and alone, it listens on no port', listensOnNoPort],
    ['in a tray it has an icon', hasAnIcon],
    ['its menu tells how many messages are unread', tellsUnread],
    ['it starts with the desktop, hidden, where that is wanted', startsWithTheDesktop],
    ['who has not said what closing means is asked once', asks],
    ['closing hides the window', hides],
    ['hidden, it still receives', hearsHidden],
    ['a click brings the window back', comesBack],
    ['where nothing shows the tray any more, the window comes back', comesBackWithoutATray],
    ['a panel that starts anew leaves it hidden', staysAwayMeanwhile],
    ['a second start brings it back', secondStartShows],
    ['a click locks it', locksFromThere],
    ['its menu tells how the account does', tellsAccounts],
    ['a click ends it, in order', quits],
  ],
  after: async (context) => {
    await context.noted.tray?.stop();
    await bothLeave(context);
  },
};
