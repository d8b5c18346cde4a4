// Takes a picture of every screen over the fake backend, to be looked at. It also proves that the
// window lives under a strict content security policy with a frozen Object.prototype: anything
// the browser complains about fails the run.
//
//   npm run shots [-- FOLDER [PARTS,OF,NAMES]]      (default: ../artifacts/ui-shots)

import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { build } from 'vite';
import { screens } from './screens.mjs';
import { serve } from './serve.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const out = process.argv[2] ?? here('../../artifacts/ui-shots');
const only = process.argv[3]?.split(',');

await mkdir(out, { recursive: true });
await build({ mode: 'fake', root: here('..'), logLevel: 'error' });
const site = await serve(here('../../artifacts/ui-fake'));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});

const complaints = [];
for (const screen of screens.filter(
  ({ name }) => !only || only.some((part) => name.includes(part)),
)) {
  const context = await browser.newContext({
    viewport: { width: screen.width ?? 1280, height: screen.height ?? 800 },
  });
  await context.addInitScript(() => Object.freeze(Object.prototype));
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(`${screen.name}: ${error.message}`));
  page.on('console', (line) => {
    if (line.type() === 'error') complaints.push(`${screen.name}: ${line.text()}`);
  });
  await page.goto(`${site.url}/?live=0&latency=2&${screen.query ?? ''}`);
  await page.locator('main, nav').first().waitFor();
  try {
    await screen.act?.(page);
  } catch (error) {
    complaints.push(`${screen.name}: ${error.message}`);
  }
  await page.waitForTimeout(400);
  await page.screenshot({ path: `${out}/${screen.name}.png` });
  await context.close();
}
await browser.close();
site.close();
console.log(`${screens.length} screens in ${out}`);
if (complaints.length > 0) {
  console.error(complaints.join('\n'));
  process.exitCode = 1;
}
