// A hundred thousand chats in the real window: the list is there soon, scrolls without a blank row,
// and follows the keys. SWITCHBOARD_WINDOW_CHATS and SWITCHBOARD_WINDOW_MESSAGES change how many.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { byId } from '../page.mjs';
import { KEY } from '../webdriver.mjs';

const CHATS = Number(process.env.SWITCHBOARD_WINDOW_CHATS ?? 100_000);
const MESSAGES = Number(process.env.SWITCHBOARD_WINDOW_MESSAGES ?? CHATS);

/** Rows that the page may hold, however long the list is. */
const ROWS_AT_MOST = 60;

/** Screens from one frame to the next: as fast as the bar is dragged through a list of this length. */
const SCREENS_A_FRAME = 100;

/** The whole way is scrolled in so many parts, since the driver ends a script after half a minute. */
const PARTS = 5;

/**
 * The median of many presses may take no longer. Wide, since this is an unoptimised build on a machine
 * that may do other things: it finds what became slow altogether. Figures are printed.
 */
const KEY_MS = 250;
const OPEN_MS = 500;

/** Fills the workspace. Its key goes to the keyring: no passphrase is derived when the window opens. */
async function fill({ program }) {
  const fill = join(dirname(program.binary), 'examples', 'fill');
  const workspace = join(program.dataFolder, 'main');
  const size = ['--chats', String(CHATS), '--messages', String(MESSAGES)];
  const child = spawn(fill, ['--workspace', workspace, ...size], { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  assert.equal(code, 0);
  // The start is to be timed, not the disk, which has most of the file still to write.
  await once(spawn('sync'), 'exit');
  writeFileSync(join(program.dataFolder, 'ui.json'), JSON.stringify({ workspace: 'main' }));
  return `${CHATS} chats, ${MESSAGES} messages`;
}

/** From the start of the process to the first list that is drawn. */
async function startsSoon({ page, program }) {
  await page.find(byId('chat-row'), 60_000);
  const painted = () =>
    page.session.run(
      `const [mark] = performance.getEntriesByName('inbox');
       return mark === undefined ? null : performance.timeOrigin + mark.startTime;`,
    );
  const at = await page.until('the list was drawn', painted);
  const took = Math.round(at - program.startedAt());
  return `usable after ${took} ms`;
}

async function listsAll({ page }) {
  const [size] = await page.attributes(`${byId('chat-list')} [role="option"]`, 'aria-setsize');
  assert.equal(Number(size), CHATS);
  await page.screenshot('many-chats');
}

/**
 * Scrolls from one height to another, a few screens in each frame. In every frame rows must cover the
 * list from edge to edge; skeletons count, nothing does not. At the end their contents are waited for.
 */
const SCROLL = `
  const [css, from, to, screens, done] = arguments;
  const list = document.querySelector(css);
  const step = Math.sign(to - from) * list.clientHeight * screens;
  const seen = { frames: 0, blank: 0, rows: 0, settled: 0 };
  const look = () => {
    const box = list.getBoundingClientRect();
    const rows = [...list.querySelectorAll('[role="option"]')].map((row) => row.getBoundingClientRect());
    const tops = rows.map((row) => row.top).sort((a, b) => a - b);
    const gap = tops.some((top, at) => at > 0 && top - tops[at - 1] > rows[0].height + 1);
    const edges = rows.length > 0 && tops[0] <= box.top + 1
      && tops.at(-1) + rows[0].height >= box.bottom - 1;
    seen.frames += 1;
    seen.rows = Math.max(seen.rows, rows.length);
    if (gap || !edges) seen.blank += 1;
  };
  let at = from;
  const turn = () => {
    at = step > 0 ? Math.min(to, at + step) : Math.max(to, at + step);
    list.scrollTop = at;
    // A scroll is told at the beginning of the next frame, and what is looked at then is drawn.
    requestAnimationFrame(() => {
      look();
      if (at === to) return settle(performance.now());
      turn();
    });
  };
  const settle = (since) => {
    if (list.querySelector('[data-testid="chat-skeleton"]') === null) {
      seen.settled = performance.now() - since;
      return done(seen);
    }
    requestAnimationFrame(() => settle(since));
  };
  turn();`;

async function scrollsThroughAll({ page }) {
  const list = byId('chat-list');
  const end = await page.session.run(
    'const list = document.querySelector(arguments[0]); return list.scrollHeight - list.clientHeight;',
    list,
  );
  const stops = Array.from({ length: PARTS + 1 }, (_, part) => Math.round((end * part) / PARTS));
  const way = [...stops, ...stops.toReversed().slice(1)];
  const total = { frames: 0, blank: 0, rows: 0, settled: 0 };
  for (const [at, from] of way.slice(0, -1).entries()) {
    const seen = await page.session.runAsync(SCROLL, list, from, way[at + 1], SCREENS_A_FRAME);
    total.frames += seen.frames;
    total.blank += seen.blank;
    total.rows = Math.max(total.rows, seen.rows);
    total.settled = Math.max(total.settled, seen.settled);
  }
  assert.equal(total.blank, 0, `blank in ${total.blank} of ${total.frames} frames`);
  assert.ok(total.rows < ROWS_AT_MOST, `${total.rows} rows in the page`);
  const settled = Math.round(total.settled);
  return `${total.frames} frames, at most ${total.rows} rows, contents ${settled} ms after a stop at the latest`;
}

/** From now on, notes for each key how long after it the page was drawn with what it changed. */
const NOTE_KEYS = `
  const [css, attribute] = arguments;
  window.stopNoting?.();
  window.keyTimes = [];
  let pressed = null;
  const press = (event) => (pressed = event.timeStamp);
  addEventListener('keydown', press, true);
  const observer = new MutationObserver(() => {
    if (pressed === null || document.querySelector(css) === null) return;
    const since = pressed;
    pressed = null;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => window.keyTimes.push(performance.now() - since);
      port2.postMessage(null);
    });
  });
  observer.observe(document.body, {
    subtree: true, childList: true, attributes: true, attributeFilter: [attribute],
  });
  window.stopNoting = () => {
    observer.disconnect();
    removeEventListener('keydown', press, true);
  };`;

/** Presses keys one after another; answers with the median of their times, in milliseconds. */
async function timeKeys(page, keys) {
  for (const [at, key] of keys.entries()) {
    await page.press(key);
    const drawn = async () => (await page.session.run('return window.keyTimes.length')) > at;
    await page.until(`key ${at + 1} shows`, drawn);
  }
  const times = await page.session.run('return window.keyTimes');
  times.sort((a, b) => a - b);
  return { median: Math.round(times[Math.floor(times.length / 2)]), worst: Math.round(times.at(-1)) };
}

async function followsKeys({ page }) {
  await page.session.run(NOTE_KEYS, byId('chat-list'), 'aria-activedescendant');
  const down = Array.from({ length: 30 }, () => 'j');
  // The first J goes to the first row, from where no K leads on.
  const up = down.slice(1).map(() => 'k');
  const { median, worst } = await timeKeys(page, [...down, ...up]);
  assert.ok(median < KEY_MS, `the median is ${median} ms`);
  return `J and K drawn after ${median} ms, ${worst} ms at worst`;
}

async function opensByKey({ page }) {
  const times = [];
  for (let chat = 0; chat < 8; chat += 1) {
    await page.press('j');
    await page.session.run(NOTE_KEYS, `${byId('conversation')} ${byId('message')}`, 'data-none');
    await page.press(KEY.enter);
    const drawn = () => page.session.run('return window.keyTimes[0] ?? null');
    times.push(await page.until('the chat is drawn', drawn));
    await page.press(KEY.escape);
    const back = () =>
      page.session.run('return document.activeElement?.dataset.testid === "chat-list"');
    await page.until('the list has the focus again', back);
  }
  times.sort((a, b) => a - b);
  const median = Math.round(times[Math.floor(times.length / 2)]);
  assert.ok(median < OPEN_MS, `the median is ${median} ms`);
  await page.screenshot('many-chats-open');
  return `a chat drawn after ${median} ms, ${Math.round(times.at(-1))} ms at worst`;
}

/** @type {import('../runner.mjs').Journey} */
export const manyChats = {
  name: 'many-chats',
  before: ['a workspace is filled', fill],
  steps: [
    ['the list can soon be used', startsSoon],
    ['lists them all', listsAll],
    ['scrolls down and up through all of it, and nothing is blank', scrollsThroughAll],
    ['follows the keys', followsKeys],
    ['opens chats by key', opensByKey],
  ],
};
