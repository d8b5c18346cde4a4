// What a page may not do, even if somebody's text became a script in it. Only the real window
// knows the program's real permissions.

import assert from 'node:assert/strict';
import { byId } from '../page.mjs';
import { invoke } from './ask.mjs';

async function grantedIsAnswered({ page }) {
  await page.find(byId('first-run-demo'));
  const { answer, refused } = await invoke(page, 'stage');
  assert.equal(refused, undefined);
  assert.equal(answer.stage, 'first_run');
}

async function othersAreRefused({ page }) {
  const commands = ['plugin:app|app_hide', 'plugin:event|emit', 'plugin:window|close', 'plugin:webview|create_webview_window'];
  for (const command of commands) {
    const { refused } = await invoke(page, command, { event: 'x', payload: null });
    assert.match(refused ?? 'it was answered', /not allowed|not found/i, command);
  }
}

async function nothingElseRuns({ page }) {
  assert.equal(await page.session.run('return typeof window.__TAURI__'), 'undefined');
  const ran = await page.session.runAsync(
    `const done = arguments[0];
     window.injected = false;
     document.addEventListener('securitypolicyviolation', () => done(window.injected), { once: true });
     const script = document.createElement('script');
     script.textContent = 'window.injected = true';
     document.body.append(script);`,
  );
  assert.equal(ran, false);
}

/** @type {import('../runner.mjs').Journey} */
export const capabilities = {
  name: 'capabilities',
  steps: [
    ['answers a granted command', grantedIsAnswered],
    ['refuses every other command', othersAreRefused],
    ['runs no script that is written into the page', nothingElseRuns],
  ],
};
