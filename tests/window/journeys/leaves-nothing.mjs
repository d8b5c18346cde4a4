// After a day's work, a full lock and the end of the program, nothing that was said, noted or typed, no
// phone number and no key stands in any file: of the data folder, the home, the logs, the temporary
// folders and the page's own storage.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { hits, keyWritten, written } from '../bytes.mjs';
import { keyOf } from '../keyring.mjs';
import { family, inMemory } from '../memory.mjs';
import { MESSAGE, byId } from '../page.mjs';
import { closeWindow, StandIn, windowsInSight } from '../stand-in.mjs';
import { KEY, until } from '../webdriver.mjs';
import { ask } from './ask.mjs';
import { bothLeave, bothLogIn, isReady, LENA_PHONE, writesToOlga } from './two-people.mjs';

const stamp = Date.now().toString(36);
/** One phrase for each way in. */
const CANARIES = Object.fromEntries(
  ['received', 'sent', 'draft', 'note', 'search', 'tag', 'field', 'template', 'passphrase'].map((name) => [
    name,
    `canary-${name}-${stamp}`,
  ]),
);

async function prepares(context) {
  const { noted } = context;
  noted.logind = await StandIn.start('logind');
  noted.tray = await StandIn.start('tray');
  await noted.tray.ask('appears', true);
  await bothLogIn(context, { closing: 'tray', language: 'en' });
}

async function notes(context) {
  await isReady(context);
  const { page, noted } = context;
  noted.pid = (await ask(page, 'status', {})).pid;
  const tag = { id: 0, name: CANARIES.tag, colour: 'blue', reach: 'person' };
  await ask(page, 'tag_save', { tag });
  const versions = [{ language: 'en', body: CANARIES.template }];
  const template = { id: 0, name: 'Greeting', category: '', versions, used: 0, used_ms: null };
  await ask(page, 'template_save', { template });
  const { chat } = noted;
  const note = { id: null, chat, text: CANARIES.note, pinned: true };
  await ask(page, 'note_save', { note });
  await ask(page, 'value_set', { chat, field: 1, value: CANARIES.field });
}

async function writes(context) {
  const { page, noted } = context;
  await page.click(byId('chat-row', { 'data-chat': String(noted.chat) }));
  await page.type(byId('composer'), CANARIES.sent);
  await page.press(KEY.enter);
  await page.findText(`${MESSAGE}, ${byId('outgoing')}`, CANARIES.sent);
  await writesToOlga(context, CANARIES.received);
  await page.findText(MESSAGE, CANARIES.received);
  await page.type(byId('composer'), CANARIES.draft);
  await page.press(KEY.escape);
  const kept = async () => (await ask(page, 'chats', { ids: [noted.chat] }))[0].draft?.text;
  await page.until('the draft is kept', async () => (await kept()) === CANARIES.draft);
}

/** A view is hidden, which the window remembers: beside the workspaces, not in the page's own storage. */
async function hidesAView({ page, program }) {
  const views = await page.count(byId('view'));
  await page.session.run(
    `[...document.querySelectorAll(arguments[0])].at(-1).dispatchEvent(
       new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: 60, clientY: 90 }));`,
    byId('view'),
  );
  await page.findText('[role="menuitem"]', 'Hide from the sidebar');
  await page.session.run(
    `[...document.querySelectorAll('[role="menuitem"]')].find((item) => item.textContent.includes('Hide')).click();`,
  );
  await page.until('the view is hidden', async () => (await page.count(byId('view'))) === views - 1);
  const looks = () => JSON.parse(readFileSync(join(program.dataFolder, 'ui.json')));
  const kept = async () => looks().remembered.some(({ name }) => name === 'main/hidden_views');
  await page.until('it is remembered', kept);
}

async function searches({ page }) {
  await page.press(KEY.control, KEY.shift, 'f');
  await page.type(byId('search-input'), CANARIES.search);
  await page.press(KEY.control, 'a');
  await page.type(byId('search-input'), CANARIES.received);
  await page.find(byId('search-hit'));
  await page.press(KEY.escape);
}

async function keepsCopies({ page }) {
  await ask(page, 'passphrase_set', { old: null, new: CANARIES.passphrase });
  const { code } = await ask(page, 'backup_now', {});
  assert.equal(code, null);
  await ask(page, 'diagnostics', {});
}

/** What must stand nowhere. The profile's keys are long: their beginning does. */
function needlesOf({ program, noted }) {
  const profile = readFileSync(join(noted.folder, 'profile.toml'), 'utf8');
  const sessions = [...profile.matchAll(/^key = "([\da-f]{512})"$/gm)].map(([, hex]) => hex.slice(0, 60));
  assert.ok(sessions.length > 1, 'the profile hands out keys');
  const texts = Object.entries(CANARIES).map(([name, text]) => [name, written(text)]);
  return {
    ...Object.fromEntries(texts),
    phone: written('9996620001'),
    'phone of a friend': written(LENA_PHONE.slice(1)),
    'key of a workspace': keyWritten(keyOf(program.dataFolder, 'main')),
    'key of a session': sessions.flatMap((hex) => keyWritten(Buffer.from(hex, 'hex'))),
  };
}

async function isAllThere(context) {
  const { noted } = context;
  noted.needles = needlesOf(context);
  const words = Object.values(CANARIES).map((text) => Buffer.from(text));
  const seen = new Set(family(noted.pid).flatMap((pid) => inMemory(pid, words)));
  // A passphrase is wiped, and what was typed into a search was typed over.
  assert.ok(seen.size >= 5, `only ${seen.size} of them are in memory`);
  for (const pid of family(noted.pid)) {
    const line = readFileSync(`/proc/${pid}/cmdline`);
    for (const [name, forms] of Object.entries(noted.needles)) {
      assert.ok(!forms.some((form) => line.includes(form)), `${name} in a command line`);
    }
  }
}

const isHeld = (program) => existsSync(join(program.dataFolder, 'main', 'holder.json'));

/** Locked by hand and hidden, and set to lock fully, the program is locked so by the computer's sleep. */
async function locksFully({ page, program, noted }) {
  const settings = { idle_minutes: 0, on_sleep: true, full: true };
  await ask(page, 'set_lock_settings', { settings });
  const holding = async () => (await noted.logind.ask('holding')).length;
  await until('it holds up the sleep', async () => (await holding()) === 1);
  await noted.tray.ask('click', 'Lock');
  await page.find(byId('unlock'));
  assert.ok(isHeld(program), 'its workspace goes on');
  await closeWindow();
  await until('the window is gone', async () => (await windowsInSight()).length === 0);
  const former = family(noted.pid).filter((pid) => pid !== noted.pid);
  await noted.logind.ask('sleeps');
  await until('the computer may sleep', async () => (await holding()) === 0, 20_000);
  assert.equal(isHeld(program), false, 'the workspace was let go before');
  const anew = async () => {
    const now = family(noted.pid);
    return now.length > 1 && now.every((pid) => !former.includes(pid));
  };
  await until('there is a new page', anew, 20_000);
  await noted.logind.ask('wakes');
}

async function staysHidden({ noted }) {
  await until('the new start has its icon', async () => (await noted.tray.ask('items')) === 1);
  assert.deepEqual(await windowsInSight(), []);
  await noted.tray.ask('click', 'Open Switchboard');
  await until('the window is back', async () => (await windowsInSight()).length === 1);
}

async function quits({ noted }) {
  await noted.tray.ask('click', 'Quit');
  await until('the program ends', async () => !existsSync(`/proc/${noted.pid}`), 20_000);
  await noted.run.end();
}

/** Every place that the program, its page and what serves them write to. */
function places({ program, noted }) {
  const room = dirname(process.env.HOME);
  for (const part of [tmpdir(), process.env.XDG_RUNTIME_DIR, program.dataFolder, noted.folder]) {
    assert.ok(part.startsWith(`${room}/`), `${part} is below ${room}`);
  }
  return [room, '/dev/shm', resolve(import.meta.dirname, '../../../artifacts/window/away')];
}

async function leavesNothing(context) {
  const left = [join(context.noted.folder, 'profile.toml')];
  const { found, files } = hits(places(context), context.noted.needles, left);
  assert.deepEqual(found, []);
  // What must have been looked into: the page's own, the log, the store, a backup, what was printed.
  for (const part of ['/app.switchboard.desktop/', '/switchboard.log', '/crm.db', '.swbackup', '/program.log']) {
    assert.ok(files.some((path) => path.includes(part)), part);
  }
  const stored = files.filter((path) => /localstorage|indexeddb|\.sqlite3/i.test(path));
  assert.deepEqual(stored, [], 'the storage of the page itself is unused');
  return `${files.length} files, ${Object.keys(context.noted.needles).length} needles`;
}

/** The search itself finds what is there: in a file of the page's own, in either way of writing. */
async function searchFinds(context) {
  const page = join(process.env.XDG_DATA_HOME, 'app.switchboard.desktop');
  mkdirSync(page, { recursive: true });
  const ways = { eight: written(CANARIES.note)[0], sixteen: written(CANARIES.draft)[1] };
  for (const [name, bytes] of Object.entries(ways)) {
    writeFileSync(join(page, name), Buffer.concat([Buffer.alloc(70_000, 7), bytes, Buffer.alloc(9)]));
  }
  const left = [join(context.noted.folder, 'profile.toml')];
  const { found } = hits(places(context), context.noted.needles, left);
  for (const name of Object.keys(ways)) rmSync(join(page, name));
  assert.deepEqual(found.sort(), [`${page}/eight: note`, `${page}/sixteen: draft`]);
  assert.ok(hits([left[0]], context.noted.needles).found.length > 0, 'the profile holds keys');
}

/** @type {import('../runner.mjs').Journey} */
export const leavesNothingBehind = {
  name: 'leaves-nothing',
  before: ['two people log in', prepares],
  steps: [
    ['a tag, a note, a field and a template are kept', notes],
    ['messages are sent and received, and one is begun', writes],
    ['somebody searches', searches],
    ['a view is hidden', hidesAView],
    ['a passphrase is set and a backup made', keepsCopies],
    ['all of it is in memory, and in no command line', isAllThere],
    ['no file holds any of it', leavesNothing],
    ['locked and hidden, it locks fully before the computer sleeps', locksFully],
    ['it is still hidden then', staysHidden],
    ['it is ended', quits],
    ['still no file holds any of it', leavesNothing],
    ['a planted file is found', searchFinds],
  ],
  after: async (context) => {
    await context.noted.tray?.stop();
    await context.noted.logind?.stop();
    await bothLeave(context);
  },
};
