// The harness itself, tried on a page of a few lines in WebKitGTK's plain browser: what it says of
// the program is worth no more than this. Run by `node --test` through scripts/desktop.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { keyOf } from './keyring.mjs';
import { inMemory } from './memory.mjs';
import { byId, Page } from './page.mjs';
import { runAll } from './runner.mjs';
import { Driver, KEY } from './webdriver.mjs';

const BROWSER = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';

const PAGE = `data:text/html;charset=utf-8,<!doctype html><title>small</title>
<input data-testid="word"><button data-testid="late" onclick="setTimeout(() => {
  const p = document.createElement('p'); p.dataset.testid = 'answer';
  p.dataset.row = '7'; p.textContent = document.querySelector('input').value; document.body.append(p);
}, 120)">go</button><script>
document.addEventListener('keydown', (e) => { if (e.ctrlKey) document.title = 'ctrl ' + e.key; });
</script>`;

let driver;
let folder;
let session;
let page;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'switchboard-harness-'));
  driver = await Driver.start(join(folder, 'driver.log'));
  session = await driver.open(BROWSER, ['--automation']);
  await session.go(PAGE);
  page = new Page(session, folder);
});

after(async () => {
  await session?.close();
  await driver?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('typed text arrives, and what appears late is waited for', async () => {
  await page.type(byId('word'), 'Привет, Ёж');
  await page.click(byId('late'));
  assert.equal(await page.text(byId('answer', { 'data-row': '7' })), 'Привет, Ёж');
  assert.equal(await page.count(byId('answer')), 1);
  assert.deepEqual(await page.attributes(byId('answer'), 'data-row'), ['7']);
  assert.match(await page.findText('p', /ёж$/i), /Привет/);
});

test('keys are pressed together', async () => {
  await page.press(KEY.control, 'k');
  await page.until('the page heard it', async () => (await session.run('return document.title')) === 'ctrl k');
});

test('what never comes is named after its time', async () => {
  await assert.rejects(page.find(byId('never'), 80), /waited 80 ms in vain until there is .*never/);
  await assert.rejects(page.findText('p', 'nothing of the kind', 80), /says nothing of the kind/);
});

test('a picture is a picture', async () => {
  await page.screenshot('small');
  const png = readFileSync(join(folder, 'small.png'));
  assert.equal(png.subarray(1, 4).toString(), 'PNG');
  assert.ok(statSync(join(folder, 'small.png')).size > 500);
});

test('a step that fails fails its journey, and the rest of it is skipped', async () => {
  const said = [];
  const stub = {
    open: async () => ({
      close: async () => {},
      runAsync: async () => {},
    }),
  };
  const journeys = [
    { name: 'good', steps: [['one', async () => {}]] },
    {
      name: 'bad',
      steps: [
        ['breaks', async () => assert.fail('on purpose')],
        ['never reached', async () => {}],
      ],
    },
  ];
  const counts = await runAll(journeys, {
    driver: stub,
    binary: 'x',
    artifacts: folder,
    print: (line) => said.push(line),
  });
  assert.deepEqual(counts, { passed: 3, failed: 1, skipped: 1 });
  assert.equal(said.at(-1).trim(), '3 passed, 1 failed, 1 skipped');
  assert.ok(said.some((line) => line.includes('on purpose')));
  assert.ok(readdirSync(folder).includes('failed-bad.png'));
});

test('of several keys in the keyring, that of the workspace is meant', () => {
  const keys = ['one', 'two', 'three'].map((workspace) => {
    const key = randomBytes(32);
    const item = ['service', 'Switchboard', 'username', `workspace ${workspace}`];
    execFileSync('secret-tool', ['store', '--label', workspace, ...item], { input: key.toString('hex') });
    mkdirSync(join(folder, workspace));
    const slots = [{ kind: 'passphrase' }, { kind: 'keyring', service: item[1], entry: item[3] }];
    writeFileSync(join(folder, workspace, 'keys.json'), JSON.stringify({ body: { slots } }));
    return [workspace, key];
  });
  for (const [workspace, key] of keys) assert.deepEqual(keyOf(folder, workspace), key);
});

test('what stands in a memory is found there alone', () => {
  const secret = randomBytes(32);
  const other = spawn('sleep', ['60']);
  try {
    assert.deepEqual(inMemory(process.pid, [secret]), [0]);
    assert.deepEqual(inMemory(other.pid, [secret]), []);
  } finally {
    other.kill();
  }
});
