// Takes a picture of every screen over the fake backend, to be looked at. It also proves that the
// window lives under a strict content security policy with a frozen Object.prototype: anything
// the browser complains about fails the run.
//
//   npm run shots [-- [--both] [FOLDER [PARTS,OF,NAMES]]]      (default: ../artifacts/ui-shots)
//
// Each screen is in the theme that it names; with `--both` it is in the other one too.

import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { build } from 'vite';
import { screens } from './screens.mjs';
import { serve } from './serve.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { both: { type: 'boolean', default: false } },
});
const out = positionals[0] ?? here('../../artifacts/ui-shots');
const only = positionals[1]?.split(',');
const chosen = screens.filter(({ name }) => !only || only.some((part) => name.includes(part)));

await mkdir(out, { recursive: true });
await build({ mode: 'fake', root: here('..'), logLevel: 'error' });
const site = await serve(here('../../artifacts/ui-fake'));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});

/** The other theme of a screen that is open; answers which one that is. */
async function turn(page) {
  const theme = await page.evaluate(() => {
    const { dataset } = document.documentElement;
    return (dataset.theme = dataset.theme === 'dark' ? 'light' : 'dark');
  });
  // Colours fade from one theme into the other.
  await page.waitForTimeout(200);
  return theme;
}

const complaints = [];
for (const screen of chosen) {
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
  if (options.both) {
    const theme = await turn(page);
    await page.screenshot({ path: `${out}/${screen.name}-in-${theme}.png` });
  }
  await context.close();
}
await browser.close();
site.close();
console.log(`${chosen.length} screens in ${out}`);
if (complaints.length > 0) {
  console.error(complaints.join('\n'));
  process.exitCode = 1;
}
