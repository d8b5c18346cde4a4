// `--demo` skips the first screen.

import assert from 'node:assert/strict';
import { byId } from '../page.mjs';

/** @type {import('../runner.mjs').Journey} */
export const straightToDemo = {
  name: 'straight-to-demo',
  args: ['--demo'],
  steps: [
    [
      'is in the demo at once',
      async ({ page }) => {
        await page.find(byId('chat-row'), 60_000);
        await page.find(byId('demo-badge'));
        assert.equal(await page.count(byId('first-run-demo')), 0);
      },
    ],
  ],
};
