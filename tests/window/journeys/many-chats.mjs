// A hundred thousand chats in the real window: the list is there soon, scrolls without a blank row,
// and follows the keys. SWITCHBOARD_WINDOW_CHATS and SWITCHBOARD_WINDOW_MESSAGES change how many.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { byId } from '../page.mjs';
import { inWords, spread, timeKey } from '../timing.mjs';
import { KEY } from '../webdriver.mjs';
import { CHATS, changesViews, filtersByKey, isPrepared, tagsAll, tagsByKey } from './many-chats-crm.mjs';

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
const OPENED = Number(process.env.SWITCHBOARD_WINDOW_KEYS ?? 8);

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

async function followsKeys({ page }) {
  const times = [];
  // The first J goes to the first row, from where no K leads on.
  const keys = [...Array(30).fill('j'), ...Array(29).fill('k')];
  for (const key of keys) times.push(await timeKey(page, 'moved', key));
  assert.ok(spread(times).median < KEY_MS, inWords(times));
  return `J and K drawn after ${inWords(times)}`;
}

async function opensByKey({ page }) {
  const times = [];
  for (let chat = 0; chat < OPENED; chat += 1) {
    await page.press('j');
    times.push(await timeKey(page, 'opened', KEY.enter));
    if (chat === OPENED - 1) await page.screenshot('many-chats-open');
    await page.press(KEY.escape);
    const back = () =>
      page.session.run('return document.activeElement?.dataset.testid === "chat-list"');
    await page.until('the list has the focus again', back);
  }
  assert.ok(spread(times).median < OPEN_MS, inWords(times));
  return `a chat drawn after ${inWords(times)}`;
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
    ['has a tag and two views', isPrepared],
    ['tags chats by key', tagsByKey],
    ['filters by key', filtersByKey],
    ['goes from one saved view to another', changesViews],
    ['tags all chats as one change, and takes it back', tagsAll],
  ],
};
