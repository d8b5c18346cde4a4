// `switchboard-cli service` under a real systemd of the user: installed, started, taken over by the
// window, given back, started again after a crash, stopped in order and removed.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { byId } from '../page.mjs';
import { ask } from './ask.mjs';
import { oneAccount } from './one-account.mjs';

const systemctl = (...args) =>
  execFileSync('systemctl', ['--user', ...args], { encoding: 'utf8' }).trim();
const property = (name) => systemctl('show', 'switchboard.service', '--property', name, '--value');

/** Waits until a question has the wanted answer. */
async function until(what, question, wanted) {
  const end = performance.now() + 60_000;
  for (;;) {
    const answer = await question();
    if (wanted(answer)) return answer;
    if (performance.now() > end) throw new Error(`${what}: still ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function prepares({ program, noted }) {
  await oneAccount({ program, noted });
  const { cli } = noted;
  const before = await cli.run('service', 'status');
  assert.equal(before.installed, false);
  const state = await cli.run('service', 'install');
  assert.equal(state.enabled, 'enabled');
  noted.unit = state.unit;
  // What holds the workspace is the service: a second `run` would be refused.
  await until('the service holds the workspace', () => cli.run('service', 'status'), ({ active, pid }) => active === 'active' && pid > 0); // prettier-ignore
  await until('the accounts are online', () => cli.run('accounts', 'list'), isOnline);
}

const isOnline = ({ accounts }) => accounts.length > 0 && accounts.every(({ state }) => state.state === 'online'); // prettier-ignore

async function takesOver({ page }) {
  await page.find(byId('account-row', { 'data-state': 'online' }), 60_000);
  const chats = await ask(page, 'chat_keys', { filter: {} });
  assert.ok(chats.length > 0, 'its chats are there');
  assert.equal(property('ActiveState'), 'active', 'the service waits meanwhile');
}

async function givesBack({ program, noted }) {
  await program.kill();
  await until('the accounts are online', () => noted.cli.run('accounts', 'list'), isOnline);
  assert.equal(property('NRestarts'), '0');
}

async function comesBack({ noted }) {
  // The unit waits a minute before it starts again; here, a second.
  mkdirSync(`${noted.unit}.d`, { recursive: true });
  writeFileSync(join(`${noted.unit}.d`, 'soon.conf'), '[Service]\nRestartSec=1\n');
  systemctl('daemon-reload');
  const { pid } = await noted.cli.run('service', 'status');
  process.kill(pid, 'SIGKILL');
  await until('it runs again', () => noted.cli.run('service', 'status'), (state) => state.active === 'active' && state.pid !== pid && state.pid > 0); // prettier-ignore
  assert.equal(property('NRestarts'), '1');
  await until('the accounts are online', () => noted.cli.run('accounts', 'list'), isOnline);
}

async function stopsInOrder({ noted }) {
  systemctl('stop', 'switchboard.service');
  assert.equal(property('Result'), 'success');
  assert.equal(property('ExecMainStatus'), '0');
  systemctl('start', 'switchboard.service');
}

async function removes({ noted }) {
  const state = await noted.cli.run('service', 'uninstall');
  assert.equal(state.installed, false);
  assert.equal(state.active, 'inactive');
  assert.ok(!existsSync(noted.unit), 'its file is gone');
  await noted.cli.run('service', 'uninstall');
}

/** @type {import('../runner.mjs').Journey} */
export const service = {
  name: 'service',
  before: ['the service is installed and holds the workspace', prepares],
  steps: [
    ['the window takes over', takesOver],
    ['the window gives back', givesBack],
    ['after a crash it starts again', comesBack],
    ['it stops in order', stopsInOrder],
    ['it is removed', removes],
  ],
  after: async ({ noted }) => {
    await noted.cli?.run('service', 'uninstall');
    await noted.sandbox?.end();
  },
};
