// Looks at a screen with axe, in each theme and in each language.

import axe from 'axe-core';
import { expect, test } from 'vitest';
import { cleanup } from 'vitest-browser-svelte';
import type { Theme } from '../../src/lib/backend';
import type { FakeOptions } from '../../src/lib/backend/fake/fake';
import { frames, openWindow, rows, type Opened } from './window';

/** A screen: the world behind it, and the way to it. */
export interface Screen {
  name: string;
  options?: FakeOptions;
  act?: (opened: Opened) => void | Promise<void>;
}

/** Colours don't depend on the language, and names don't on the theme: each is looked at once. */
const looks: [Theme, string][] = [['light', 'en'], ['dark', 'ru'], ['light', 'uk']]; // prettier-ignore
/** With full counts, each theme in each language. */
const others: [Theme, string][] = [['dark', 'en'], ['light', 'ru'], ['dark', 'uk']]; // prettier-ignore
const asked = import.meta.env['VITE_COUNTS'] === 'full' ? [...looks, ...others] : looks;

async function look({ options, act }: Screen, theme: Theme, language: string): Promise<void> {
  const opened = await openWindow({ ...options, looks: { theme, language } });
  if (options?.stage === undefined && options?.accounts !== 0) {
    await expect.poll(() => rows().length).toBeGreaterThan(5);
  }
  await act?.(opened);
  await frames();
  const { violations } = await axe.run(document.body, { resultTypes: ['violations'] });
  const found = violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map((node) => `${node.html} ${node.any[0]?.message ?? ''}`).join('\n')}`,
  );
  expect(found, `${theme}, ${language}`).toEqual([]);
  opened.app.overlay = null;
  await frames();
  await cleanup();
}

/** One test for each screen. */
export function axeFindsNothing(screens: readonly Screen[]): void {
  for (const screen of screens) {
    test(`axe finds nothing: ${screen.name}`, async () => {
      for (const [theme, language] of asked) await look(screen, theme, language);
    }, 60_000);
  }
}
