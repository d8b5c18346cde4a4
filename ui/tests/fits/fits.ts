// Every screen that is taken a picture of, in windows of several sizes, and under axe.

import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { screens } from '../../scripts/screens.mjs';
import { serve } from '../../scripts/serve.mjs';
import { axeFaultsOf } from './axe';
import { faultsOf } from './faults.mjs';

interface Screen {
  name: string;
  query?: string;
  height?: number;
  act?: (page: Page) => Promise<unknown>;
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** The last one is what a zoom of 200 % leaves of the first. */
const SIZES = [[1280, 800], [720, 800], [640, 400]] as const; // prettier-ignore
/** Screens looked at under a real zoom too, with the largest text. */
const ZOOMED = ['inbox-light', 'menu', 'palette', 'search-dark-uk', 'settings-appearance', 'settings-shortcuts', 'security-light', 'add-telegram', 'add-country-dark-uk', 'shortcuts-dark', 'people-light', 'person-light', 'filter-bar-light', 'crm-tags', 'crm-snooze', 'views-dialog-light', 'selected-light', 'templates-light', 'crm-tasks', 'people-date-light', 'people-date-wrong-ru', 'people-columns-light', 'people-tags-light', 'filter-calendar-dark-uk', 'filter-date-wrong-ru', 'filter-field-light', 'filter-chip-light', 'message-menu-light', 'view-menu-light', 'template-category-menu-dark-uk', 'tag-merge-light', 'link-ask-light', 'closing-light', 'held-light', 'notice-undo-light', 'notice-ways-dark-ru', 'disk-little-light', 'photo-viewer-light', 'unlock', 'add-wrong-uk', 'account-hours-ru', 'backup-secret-ru', 'bulk-running-ru', 'filter-group-uk', 'import-people-told-uk', 'inbox-group-ru']; // prettier-ignore
const LARGEST_TEXT = '125';
/** Other screens are opened beside, on a machine that may have one slow core for all. */
const PATIENCE_MS = 20_000;
/** A world of 100,000 chats takes a while to be made. */
const START_MS = 45_000;
/** A look takes a tenth of this; one in thousands never ends, because its page stops answering. */
const LOOK_MS = 70_000;

/** The words that are asked for: those of a language, or longer ones than there are. */
export type Words = 'ru' | 'uk' | 'longer';

function addressOf({ query = '' }: Screen, words: Words, zoom: number): string {
  const address = new URLSearchParams(`live=0&latency=1&${query}`);
  if (words === 'longer') address.set('longer', '');
  address.set('lang', words === 'longer' ? 'en' : words);
  address.set('zoom', String(zoom));
  if (zoom > 100) address.set('text', LARGEST_TEXT);
  return `?${address}`;
}

/** Builds once, whichever tests ask for it; not at all where `FITS_BUILT` says that it is done. */
let built: Promise<unknown> | undefined = process.env['FITS_BUILT'] ? Promise.resolve() : undefined;
const builtOnce = () => (built ??= build({ mode: 'fits', root: here('../..'), logLevel: 'error' }));

/** Says what is done next. */
type Step = (what: string) => void;

/** What `work` answers; an error that names its last step where that takes longer. */
async function within<T>(ms: number, work: (step: Step) => Promise<T>): Promise<T> {
  let last = 'beginning';
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const tell = () => reject(new Error(`no answer after ${ms / 1000} s: ${last}`));
    timer = setTimeout(tell, ms);
  });
  try {
    return await Promise.race([work((step) => (last = step)), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Builds and serves what is looked at; answers the way to look. */
function looking(): (screen: Screen, words: Words) => Promise<string[]> {
  let browser: Browser;
  let site: { url: string; close: () => void };
  beforeAll(async () => {
    await builtOnce();
    site = await serve(here('../../../artifacts/ui-fits'));
    const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
  });

  /** Opens a screen. None is reached by its words: those are other ones here. */
  async function open(page: Page, screen: Screen, words: Words, zoom: number): Promise<void> {
    await page.goto(`${site.url}/${addressOf(screen, words, zoom)}`);
    await page.locator('main, nav').first().waitFor({ timeout: START_MS });
    await screen.act?.(page);
  }

  /** Looks at an open page; tells `step` before whatever might not be answered. */
  async function faultsIn(page: Page, sizes: typeof SIZES | [], zoom: number, step: Step) {
    const found: string[] = [];
    for (const [width, height] of sizes.length > 0 ? sizes : [SIZES[0]]) {
      step(`looking at ${width} px`);
      await page.setViewportSize({ width, height });
      await page.waitForTimeout(120);
      const faults = await page.evaluate(faultsOf);
      found.push(...faults.map((fault) => `${width} px, ${zoom} %: ${fault}`));
    }
    step('axe');
    if (sizes.length > 0) found.push(...(await axeFaultsOf(page)));
    return found;
  }

  async function lookOnce(screen: Screen, words: Words, zoom: number, sizes: typeof SIZES | []) {
    const page = await browser.newPage({ viewport: { width: 1280, height: screen.height ?? 800 } });
    page.setDefaultTimeout(PATIENCE_MS);
    try {
      return await within(LOOK_MS, async (step) => {
        step('opening');
        await open(page, screen, words, zoom);
        return faultsIn(page, sizes, zoom, step);
      });
    } finally {
      // Nobody waits for it: a page that stopped answering may not close either.
      void page.close().catch(() => {});
    }
  }

  /** Looks once more where a page could not be looked at; what is found on one counts at once. */
  async function lookAt(screen: Screen, words: Words, zoom: number, sizes: typeof SIZES | []) {
    try {
      return await lookOnce(screen, words, zoom, sizes);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      process.stderr.write(`1 flaky: ${screen.name} is looked at once more: ${why}\n`);
      return lookOnce(screen, words, zoom, sizes);
    }
  }

  return async (screen, words) => [
    ...(await lookAt(screen, words, 100, SIZES)),
    ...(ZOOMED.includes(screen.name) ? await lookAt(screen, words, 200, []) : []),
  ];
}

/** What a screen's name says of its looks. */
const LOOKS = /^(light|dark|ru|uk|720|640)$/;

/** Without those that differ from one before by their looks alone. */
function differing(all: Screen[]): Screen[] {
  const seen = new Set<string>();
  return all.filter(({ name }) => {
    const what = name
      .split('-')
      .filter((part) => !LOOKS.test(part))
      .join('-');
    const isNew = !seen.has(what);
    seen.add(what);
    return isNew;
  });
}

/** One test for each screen; where longer words stand in for all languages, for each that differs. */
export function everyScreenFits(words: Words): void {
  const only = process.env['FITS']?.split(',');
  // `2/3`: every third one, from the second on.
  const [part = 1, parts = 1] = (process.env['FITS_PART'] ?? '').split('/').filter(Boolean).map(Number); // prettier-ignore
  const all = words === 'longer' ? differing(screens as Screen[]) : (screens as Screen[]);
  const mine = all.filter((_, place) => place % parts === part - 1);
  const chosen = mine.filter(({ name }) => !only || only.some((part) => name.includes(part))); // prettier-ignore
  describe(`in ${words} words`, () => {
    const look = looking();
    test.concurrent.each(chosen)('$name', { timeout: 2 * LOOK_MS + 20_000 }, async (screen) => {
      expect(await look(screen, words)).toEqual([]);
    });
  });
}
