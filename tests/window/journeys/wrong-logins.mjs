// Somebody logs in and gets everything wrong first: each mistake is told in a sentence, and the way on
// stays open. Then a peer sends texts that were made to do harm.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Cli } from '../cli.mjs';
import { MESSAGE, byId } from '../page.mjs';
import { KEY } from '../webdriver.mjs';
import { ask } from './ask.mjs';
import { LENA_PHONE } from './two-people.mjs';

const BANNED_PHONE = '+9996610004';
const UNKNOWN_PHONE = '+99966100099';
const CODE = '12345';
const PASSWORD = 'correct horse';

const PROFILE_WAY = '[role="dialog"] .segmented label:last-child';

/** Texts of a peer, and a part by which each is found in the window. */
const HOSTILE = {
  markup: ['<img src="x" onerror="window.harmed = true"><script>window.harmed = true</script><b>bold</b>', '<b>bold</b>'],
  'control characters': ['a\u0007bell, \u001b[31mred, \u0008back, \u007fgone', 'bell, '],
  'right to left': ['invoice_\u202Efdp.exe and \u2066isolated and \u202Dforced', 'invoice_'],
  'a tower': [`Z${'\u0336\u0337\u0338\u0489'.repeat(200)}algo`, 'algo'],
  'one long word': ['W'.repeat(4_000), 'W'.repeat(4_000)],
  'as many emoji as a message takes': ['😀'.repeat(2_048), '😀'.repeat(2_048)],
  'families of emoji': ['👩‍👩‍👧‍👦'.repeat(300), '👩‍👩‍👧‍👦'.repeat(300)],
}; // prettier-ignore

/** A simulated Telegram; the peer is logged in there, in an installation of their own. */
async function peerLogsIn({ program, noted }) {
  const folder = join(program.dataFolder, 'peer');
  const profile = join(program.dataFolder, 'profile.toml');
  noted.peer = new Cli(program.binary, folder);
  noted.sandbox = noted.peer.start('sandbox', '--world', 'small', '--profile-out', profile);
  await noted.sandbox.state('ready');
  await noted.peer.run('accounts', 'add', '--profile', profile);
  await noted.peer.run('sync');
  noted.profile = readFileSync(profile, 'utf8');
}

/** Replaces what a field holds. */
async function fill(page, css, text) {
  await page.click(css);
  await page.press(KEY.control, 'a');
  await page.type(css, text);
}

/** Waits until an error of this kind is told; answers with its sentence. */
async function told(page, code) {
  await page.find(byId('error', { 'data-code': code }), 20_000);
  const sentence = await page.text(byId('error', { 'data-code': code }));
  assert.ok(sentence.length > 20, sentence);
  return sentence.split('\n')[0];
}

async function refusesAProfile({ page }) {
  await page.click(byId('first-run-connect'));
  await page.click(PROFILE_WAY);
  await page.type(byId('profile'), 'not toml at all ][');
  await page.click(byId('profile-add'));
  return told(page, 'profile_invalid');
}

/** Pastes the profile: typing keys of 256 bytes takes a driver minutes. */
async function pasteProfile({ page, noted }) {
  await page.session.run(
    `const [css, text] = arguments;
     const field = document.querySelector(css);
     field.value = text;
     field.dispatchEvent(new InputEvent('input', { bubbles: true }));`,
    byId('profile'),
    noted.profile,
  );
}

/** Nobody has this number: that comes out once its code was taken. */
async function refusesAStranger(context) {
  const { page } = context;
  await pasteProfile(context);
  await fill(page, byId('phone'), UNKNOWN_PHONE);
  await page.click(byId('send-code'));
  await page.type(byId('code'), CODE);
  await page.find(byId('login-again'), 20_000);
  await page.screenshot('login-unknown');
  await page.click(byId('login-again'));
}

async function refusesPhones(context) {
  const { page } = context;
  await page.click(PROFILE_WAY);
  await page.find(byId('profile'));
  await pasteProfile(context);
  await fill(page, byId('phone'), '+1');
  await page.click(byId('send-code'));
  await page.find(`${byId('phone')}[aria-invalid="true"]`);
  await fill(page, byId('phone'), BANNED_PHONE);
  await page.click(byId('send-code'));
  const sentence = await told(page, 'phone_banned');
  await page.screenshot('login-banned');
  return sentence;
}

async function refusesACode({ page }) {
  await fill(page, byId('phone'), LENA_PHONE);
  await page.click(byId('send-code'));
  await page.type(byId('code'), '00000');
  const sentence = await told(page, 'code_invalid');
  await page.screenshot('login-code-wrong');
  await fill(page, byId('code'), CODE);
  await page.find(byId('password'), 20_000);
  return sentence;
}

async function refusesAPassword({ page }) {
  await page.type(byId('password'), 'open sesame');
  await page.press(KEY.enter);
  const sentence = await told(page, 'password_invalid');
  await page.screenshot('login-password-wrong');
  await fill(page, byId('password'), PASSWORD);
  await page.press(KEY.enter);
  await page.click(byId('login-done'));
  await page.find(byId('account-row', { 'data-state': 'online' }), 60_000);
  return sentence;
}

async function showsHostileTexts({ page, noted }) {
  const keys = async () => ask(page, 'chat_keys', { filter: { people: true } });
  const olga = await page.until('the peer is in the list', async () => {
    const chats = await ask(page, 'chats', { ids: await keys() });
    return chats.find(({ title }) => title === 'Olga Operator');
  }, 60_000);
  await page.click(byId('chat-row', { 'data-chat': String(olga.id) }));
  const title = await page.session.run('return document.title');
  for (const [name, [text, part]] of Object.entries(HOSTILE)) {
    await noted.peer.run('send', 'Lena Locked', text);
    await page.findText(MESSAGE, part, 20_000);
    const seen = await page.session.run(LOOK, MESSAGE, byId('conversation'), byId('chat-row'));
    assert.equal(seen.harmed, false, `${name}: a script ran`);
    assert.deepEqual(seen.strangers, [], `${name}: elements that nobody meant`);
    assert.equal(seen.wide, false, `${name}: the conversation scrolls sideways`);
    assert.equal(new Set(seen.rowHeights).size, 1, `${name}: rows are ${seen.rowHeights} px high`);
  }
  assert.equal(await page.session.run('return document.title'), title);
  await page.screenshot('hostile-texts');
}

/** What came of the texts so far. */
const LOOK = `
  const [message, conversation, row] = arguments;
  const place = document.querySelector(conversation);
  const strange = [...document.querySelectorAll(message)].flatMap((one) =>
    [...one.querySelectorAll('script, b, img[src="x"], iframe')]);
  return {
    harmed: window.harmed === true,
    strangers: strange.map((element) => element.outerHTML.slice(0, 80)),
    wide: place.scrollWidth > place.clientWidth,
    rowHeights: [...document.querySelectorAll(row)].map((one) => one.getBoundingClientRect().height),
  };`;

async function stillAnswers({ page }) {
  const text = 'An answer after all that';
  await page.type(byId('composer'), text);
  await page.press(KEY.enter);
  await page.findText(MESSAGE, text);
}

/** @type {import('../runner.mjs').Journey} */
export const wrongLogins = {
  name: 'wrong-logins',
  before: ['a peer is logged in', peerLogsIn],
  steps: [
    ['a profile that is none is refused', refusesAProfile],
    ['a number without an account is told as such', refusesAStranger],
    ['phone numbers are refused', refusesPhones],
    ['a wrong code is refused, the right one taken', refusesACode],
    ['a wrong password is refused, the right one taken', refusesAPassword],
    ['hostile texts are shown as text', showsHostileTexts],
    ['the window still answers', stillAnswers],
  ],
  after: async ({ noted }) => noted.sandbox?.end(),
};
