// Looks at an open screen with axe, in the theme that it is in and in the other one.

import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright';

/** What depends on colours; everything else axe looks for is the same in each theme. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

interface Looking {
  axe: { run: (...args: unknown[]) => Promise<AxeResults> };
}

async function found(page: Page, rules: string[] | null): Promise<string[]> {
  const { violations, theme } = await page.evaluate(async (rules) => {
    const looking = (globalThis as unknown as Looking).axe;
    const only = rules ? { runOnly: { type: 'rule', values: rules } } : {};
    const { violations } = await looking.run(document.body, {
      resultTypes: ['violations'],
      ...only,
    });
    return { violations, theme: document.documentElement.dataset['theme'] };
  }, rules);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${theme}: ${id}: ${node.html} ${node.any[0]?.message ?? ''}`),
  );
}

/** Runs in the page; ends when nothing fades any more: a colour half-way is in neither theme. */
async function turnTheme(): Promise<void> {
  const { dataset } = document.documentElement;
  dataset['theme'] = dataset['theme'] === 'dark' ? 'light' : 'dark';
  await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
  const fading = document.getAnimations().filter((one) => one instanceof CSSTransition);
  await Promise.all(fading.map((one) => one.finished.catch(() => {})));
}

/** What axe finds; everything in the theme that the screen names, the colours in the other one too. */
export async function axeFaultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const here = await found(page, null);
  await page.evaluate(turnTheme);
  return [...here, ...(await found(page, COLOURS))];
}
