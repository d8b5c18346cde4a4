// A second start of the program brings the window of the first to the front and ends; a link that
// it was started with opens its chat there. The window stands again where it stood.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { byId } from '../page.mjs';
import { ask, invoke } from './ask.mjs';

const run = promisify(execFile);

/** Starts the program once more, beside the one that is open; answers when that start has ended. */
const startAgain = ({ program }, ...words) =>
  run(program.binary, ['--data-dir', program.dataFolder, ...words], { timeout: 20_000 });

/** What the X server says of the program's window. */
async function windowNow() {
  const { stdout } = await run('xdotool', ['search', '--onlyvisible', '--name', 'Switchboard']);
  const [id] = stdout.trim().split('\n');
  const { stdout: geometry } = await run('xdotool', ['getwindowgeometry', '--shell', id]);
  return Object.fromEntries([...geometry.matchAll(/(\w+)=(-?\d+)/g)].map(([, k, v]) => [k, Number(v)]));
}

async function opensDemo({ page }) {
  await page.find(byId('chat-row'), 60_000);
}

async function linkOpensChat(context) {
  const { page } = context;
  const keys = await ask(page, 'chat_keys', { filter: {} });
  const [chat] = await ask(page, 'chats', { ids: [keys.at(-1)] });
  await startAgain(context, `switchboard://chat/${chat.account}/${chat.peer}`);
  await page.find(byId('conversation', { 'data-chat': String(chat.id) }));
}

async function nonsenseOpensNothing(context) {
  const { page } = context;
  const open = await page.attributes(byId('conversation'), 'data-chat');
  await startAgain(context, 'switchboard://wipe/1/2');
  assert.deepEqual(await page.attributes(byId('conversation'), 'data-chat'), open);
}

// Without a window manager, as here, nothing stands between the program and what it asked for.
async function standsWhereItStood(context) {
  const { page, program } = context;
  const { WINDOW } = await windowNow();
  await run('xdotool', ['windowsize', '--sync', String(WINDOW), '900', '600']);
  await run('xdotool', ['windowmove', '--sync', String(WINDOW), '140', '90']);
  const place = () => JSON.parse(readFileSync(join(program.dataFolder, 'ui.json'))).place;
  const kept = async () => {
    // The place is written with the looks, and at the end.
    const { answer: looks } = await invoke(page, 'looks');
    await invoke(page, 'save_looks', { looks });
    const { x, y, width, height } = place() ?? {};
    return x === 140 && y === 90 && width === 900 && height === 600;
  };
  await page.until('the place is remembered', kept);
  context.page = await program.restart('--demo');
  await context.page.find(byId('chat-row'), 60_000);
  const { X, Y, WIDTH, HEIGHT } = await windowNow();
  assert.deepEqual([X, Y, WIDTH, HEIGHT], [140, 90, 900, 600]);
}

/** @type {import('../runner.mjs').Journey} */
export const secondStart = {
  name: 'second-start',
  args: ['--demo'],
  steps: [
    ['opens the demo', opensDemo],
    ['a link in a second start opens its chat', linkOpensChat],
    ['a link of another form opens nothing', nonsenseOpensNothing],
    ['a window stands where it stood', standsWhereItStood],
  ],
};
