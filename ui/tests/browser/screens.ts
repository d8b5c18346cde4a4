// Looks at a screen with axe, in both themes and each language.

import axe from 'axe-core';
import { expect, test } from 'vitest';
import { cleanup } from 'vitest-browser-svelte';
import type { FakeOptions } from '../../src/lib/backend/fake/fake';
import { frames, openWindow, rows, type Opened } from './window';

/** A screen: the world behind it, and the way to it. */
export interface Screen {
  name: string;
  options?: FakeOptions;
  act?: (opened: Opened) => void | Promise<void>;
}

const languages = ['en', 'ru', 'uk'];

/** What depends on colours; everything else axe looks for is the same in each theme. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

async function found(rules?: string[]): Promise<string[]> {
  const { violations } = await axe.run(document.body, {
    resultTypes: ['violations'],
    ...(rules && { runOnly: { type: 'rule', values: rules } }),
  });
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map((node) => `${node.html} ${node.any[0]?.message ?? ''}`).join('\n')}`,
  );
}

/** Looks at a screen in a language: everything in the light theme, the colours in the dark one too. */
async function look({ options, act }: Screen, language: string): Promise<void> {
  const opened = await openWindow({ ...options, looks: { theme: 'light', language } });
  if (options?.stage === undefined && options?.accounts !== 0) {
    await expect.poll(() => rows().length).toBeGreaterThan(5);
  }
  await act?.(opened);
  await frames();
  expect(await found(), `light, ${language}`).toEqual([]);
  opened.app.looks.setTheme('dark');
  await settled();
  expect(await found(COLOURS), `dark, ${language}`).toEqual([]);
  opened.app.overlay = null;
  await frames();
  await cleanup();
}

/** When nothing fades or moves any more: a colour half-way between two themes is in neither. */
async function settled(): Promise<void> {
  await frames();
  const running = document.getAnimations().filter((one) => one instanceof CSSTransition);
  await Promise.all(running.map((one) => one.finished.catch(() => {})));
}

/** One test for each screen. */
export function axeFindsNothing(screens: readonly Screen[]): void {
  for (const screen of screens) {
    test(`axe finds nothing: ${screen.name}`, async () => {
      for (const language of languages) await look(screen, language);
    }, 60_000);
  }
}
