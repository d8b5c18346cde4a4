// Looks at an open screen with axe, in the theme that it is in and in the other one.

import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright';

/** What depends on colours; everything else axe looks for is the same in each theme. */
const COLOURS = ['color-contrast', 'link-in-text-block'];
/** Colours fade from one theme into the other. */
const FADE_MS = 200;

async function found(page: Page, rules: string[] | null): Promise<string[]> {
  const { violations, theme } = await page.evaluate(async (rules) => {
    const { axe } = globalThis as unknown as { axe: { run: (...args: unknown[]) => Promise<AxeResults> } }; // prettier-ignore
    const only = rules ? { runOnly: { type: 'rule', values: rules } } : {};
    const { violations } = await axe.run(document.body, { resultTypes: ['violations'], ...only });
    return { violations, theme: document.documentElement.dataset['theme'] };
  }, rules);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${theme}: ${id}: ${node.html} ${node.any[0]?.message ?? ''}`),
  );
}

/** What axe finds; everything in the theme that the screen names, the colours in the other one too. */
export async function axeFaultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const here = await found(page, null);
  await page.evaluate(() => {
    const { dataset } = document.documentElement;
    dataset['theme'] = dataset['theme'] === 'dark' ? 'light' : 'dark';
  });
  await page.waitForTimeout(FADE_MS);
  return [...here, ...(await found(page, COLOURS))];
}
