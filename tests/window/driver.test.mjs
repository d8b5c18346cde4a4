// A driver that hangs must fail a request in time, and be started anew. Stand-ins of a few lines take
// the driver's place: a real one cannot be made to hang.

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { startDriver } from './driver-process.mjs';
import { Driver } from './webdriver.mjs';

/**
 * Answers /status, and nothing else. `FOLDER/starts` counts its starts; the first so many say nothing
 * at all. `FOLDER/hang` silences one that runs.
 */
const STAND_IN = String.raw`
  const { appendFileSync, existsSync, readFileSync } = require('node:fs');
  const [folder, silent, port] = process.argv.slice(1);
  appendFileSync(folder + '/starts', process.pid + '\n');
  const starts = readFileSync(folder + '/starts', 'utf8').split('\n').length - 1;
  require('node:http').createServer((request, response) => {
    if (starts <= Number(silent) || request.url !== '/status') return;
    if (existsSync(folder + '/hang-' + process.pid)) return;
    response.end(JSON.stringify({ value: { ready: true } }));
  }).listen(Number(port.split('=')[1]), '127.0.0.1');
`;

let folder;
let driver;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchboard-driver-'));
});

afterEach(async () => {
  await driver?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A stand-in whose first starts are silent. */
function standIn(silentStarts) {
  const args = ['-e', STAND_IN, '--', folder, String(silentStarts)];
  const start = () => startDriver(process.execPath, args, join(folder, 'log'));
  return new Driver(start, { statusMs: 600, answerMs: 150 });
}

const started = () => readFileSync(join(folder, 'starts'), 'utf8').trim().split('\n').map(Number);

test('a request that is not answered ends after its time', async () => {
  driver = standIn(0);
  await driver.ready();
  await assert.rejects(driver.request('GET', '/never'), /no answer within 150 ms: GET \/never/);
});

test('a driver that says nothing is started anew, and the silent one is gone', async () => {
  driver = standIn(1);
  await driver.ready();
  const [silent, speaking, ...more] = started();
  assert.deepEqual(more, []);
  assert.ok(existsSync(`/proc/${speaking}`));
  await gone(silent);
});

test('one that falls silent later is replaced before it is used again', async () => {
  driver = standIn(0);
  await driver.ready();
  const [first] = started();
  writeFileSync(join(folder, `hang-${first}`), '');
  await driver.ready();
  assert.equal(started().length, 2);
  await gone(first);
});

test('after three silent ones it says so', async () => {
  driver = standIn(9);
  await assert.rejects(driver.ready(), /does not answer, started 3 times/);
  assert.equal(started().length, 3);
});

/** Waits until a process that was killed has left the table. */
async function gone(pid) {
  for (let look = 0; look < 200; look += 1) {
    if (!existsSync(`/proc/${pid}`)) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.fail(`process ${pid} is still there`);
}
