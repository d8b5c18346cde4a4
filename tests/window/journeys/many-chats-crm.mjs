// What an operator does all day, among a hundred thousand chats: tags, filters, saved views, and one change
// to all of them at once.

import assert from 'node:assert/strict';
import { byId } from '../page.mjs';
import { inWords, spread, timeKey } from '../timing.mjs';
import { KEY } from '../webdriver.mjs';
import { ask } from './ask.mjs';

/**
 * What the median of some keys, and a change of all chats, may take. Wide, since this is an unoptimised
 * build on a machine that may do other things. Figures are printed.
 */
const KEY_MS = 500;
const ALL_MS = 60_000;

/** How many chats there are. */
export const CHATS = Number(process.env.SWITCHBOARD_WINDOW_CHATS ?? 100_000);
const TIMES = Number(process.env.SWITCHBOARD_WINDOW_KEYS ?? 8);

const VIEWS = [
  { name: 'Timed, unread', filter: { has: 'unread' } },
  { name: 'Timed, people', filter: { has: 'people' } },
];

export async function isPrepared({ page }) {
  const tag = { id: 0, name: 'Timed', colour: 'blue', reach: 'chat' };
  await ask(page, 'tag_save', { tag });
  for (const view of VIEWS) {
    await ask(page, 'view_save', { view: { id: 0, icon: 'star', order: 'activity', ...view } });
  }
  await page.until('the views are there', async () => (await page.count(byId('saved-view'))) === VIEWS.length);
}

function judge(times) {
  assert.ok(spread(times).median < KEY_MS, inWords(times));
  return inWords(times);
}

/** Where letters are commands; a click would open a chat. Another list takes a moment to stand there. */
async function toList(page) {
  await page.find(`${byId('chat-list')} [role="option"]`, 20_000);
  await page.session.run('document.querySelector(arguments[0]).focus();', byId('chat-list'));
}

/** The next key is timed by the list that it leads to: the one before has to be there. */
const allAreListed = (page) =>
  page.find(`${byId('chat-list')} [role="option"][aria-setsize="${CHATS}"]`, 20_000);

/** Opens the picker on a row, takes the tag, and takes it off again. */
export async function tagsByKey({ page }) {
  const [picker, tag] = [[], []];
  await toList(page);
  for (let row = 0; row < TIMES; row += 1) {
    await page.press('j');
    picker.push(await timeKey(page, 'picker', 't'));
    tag.push(await timeKey(page, 'marked', KEY.enter));
    tag.push(await timeKey(page, 'marked', KEY.enter));
    await page.press(KEY.escape);
    await page.gone(byId('tag-picker-input'));
  }
  return `the picker after ${judge(picker)}; a tag after ${judge(tag)}`;
}

/** Narrows the list to what is unread, and widens it again. */
export async function filtersByKey({ page }) {
  const times = [];
  for (let time = 0; time < TIMES; time += 1) {
    await toList(page);
    await page.press('f');
    await page.type(byId('condition-find'), 'unread');
    times.push(await timeKey(page, 'listed', KEY.enter));
    await page.click(byId('filter-clear'));
    await allAreListed(page);
  }
  return judge(times);
}

/** Goes from one saved view to the next, and back. */
export async function changesViews({ page }) {
  await page.click(byId('saved-view'));
  await toList(page);
  const times = [];
  for (let time = 0; time < TIMES; time += 2) {
    times.push(await timeKey(page, 'listed', ']'), await timeKey(page, 'listed', '['));
  }
  await page.click(byId('view'));
  await allAreListed(page);
  return judge(times);
}

/** Notes from now on how long the page's longest pause was. */
const NOTE_PAUSES = `
  window.pause = 0;
  let before = performance.now();
  const turn = (now) => {
    window.pause = Math.max(window.pause, now - before);
    before = now;
    window.pausing = requestAnimationFrame(turn);
  };
  window.pausing = requestAnimationFrame(turn);`;

/** All chats get the tag as one change, while the window lives; then the change is taken back. */
export async function tagsAll({ page }) {
  await toList(page);
  await page.press(KEY.control, 'a');
  await page.find(byId('selection-bar'));
  await page.session.run(NOTE_PAUSES);
  const began = Date.now();
  // At once: the picker takes what is pressed after its own key.
  await page.press('t');
  await page.press(KEY.enter);
  await page.findText(byId('toast'), CHATS.toLocaleString('en'), ALL_MS);
  const took = Date.now() - began;
  const pause = Math.round(await page.session.run('cancelAnimationFrame(window.pausing); return window.pause'));
  await page.press(KEY.escape);
  const { tags } = await ask(page, 'catalog', {});
  const { id } = tags.find(({ name }) => name === 'Timed');
  const tagged = async () => (await ask(page, 'chat_keys', { filter: { filter: { has: 'tag', of: id } } })).length;
  const all = await tagged();
  await page.screenshot('many-chats-tagged');
  await page.press(KEY.control, 'z');
  await page.until('it is taken back', async () => (await tagged()) === 0, ALL_MS);
  assert.equal(all, CHATS);
  return `${all} chats tagged in ${took} ms; the window stood still for ${pause} ms at most`;
}
