// Hands that press keys in a browser and read what the page noted: Chromium's, and WebKitGTK's.

import { writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from 'playwright';
import { Driver, KEY } from '../../../tests/window/webdriver.mjs';
import { longest } from './profile.mjs';

const VIEW = { width: 1280, height: 800 };
const WORK = ['TaskDuration', 'ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration'];

/** Looks again until something is there. */
async function until(what, look, limitMs = 30_000) {
  const end = Date.now() + limitMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await pause(15);
  }
}

/** What both can do over a key press and a question to the page. */
function handOf({ press, ask, work = async () => undefined, close, profile }) {
  const rest = () => until('the window rests', () => ask('fast.resting()'));
  return {
    ask, press, close, profile, rest,
    /** Presses a key and answers how long it took until its sign. */
    time: async (sign, key) => {
      await ask(`(fast.arm(${JSON.stringify(sign)}), 1)`);
      const before = await work();
      await press(key);
      const timed = await until(`${key} shows`, () => ask('fast.timed()'));
      const after = await work();
      return { ...timed, work: before && Object.fromEntries(WORK.map((part) => [part, after[part] - before[part]])) };
    },
  }; // prettier-ignore
}

const ready = (hand) =>
  until('the list is there', () => hand.ask('globalThis.fast?.app.inbox?.list.loaded && fast.resting()'), 90_000); // prettier-ignore

export async function inChromium(address) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  const page = await browser.newPage({ viewport: VIEW });
  page.on('pageerror', (error) => console.error(error.message));
  const session = await page.context().newCDPSession(page);
  // Processor time rather than time that passes: another process takes none of it.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.goto(address);
  const hand = handOf({
    press: (key) => page.keyboard.press(key),
    ask: (said) => page.evaluate(said),
    work: async () => {
      const { metrics } = await session.send('Performance.getMetrics');
      return Object.fromEntries(metrics.map(({ name, value }) => [name, value * 1000]));
    },
    close: () => browser.close(),
    profile: {
      start: async () => {
        await session.send('Profiler.enable');
        await session.send('Profiler.setSamplingInterval', { interval: 200 });
        await session.send('Profiler.start');
      },
      stop: async (file) => {
        const { profile } = await session.send('Profiler.stop');
        await writeFile(file, JSON.stringify(profile));
        console.log(longest(profile));
      },
    },
  });
  await ready(hand);
  return hand;
}

/** As the driver spells keys. */
const named = { Enter: KEY.enter, Escape: KEY.escape, ArrowDown: KEY.down, ArrowUp: KEY.up, BracketRight: ']', BracketLeft: '[', Alt: KEY.alt }; // prettier-ignore
const spelt = (key) => named[key] ?? key.replace(/^Key/, '').toLowerCase();

export async function inWebKit(address) {
  const driver = await Driver.start('/dev/null');
  const browser = process.env.MINIBROWSER ?? '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';
  const session = await driver.open(browser, ['--automation', `--geometry=${VIEW.width}x${VIEW.height + 60}`]); // prettier-ignore
  await session.go(address);
  const hand = handOf({
    press: (key) => session.press(...key.split('+').map(spelt)),
    ask: (said) => session.run(`return ${said}`),
    close: async () => {
      await session.close();
      await driver.stop();
    },
  });
  await ready(hand);
  return hand;
}
