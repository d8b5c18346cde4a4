// How long after a key the window is drawn with what the key was for, at 100,000 chats: a production
// build over the fake program, which runs in a worker. Figures mean something on a quiet machine.
//
//   npm run fast [-- [--webkit] [--profile SERIES] [--chats N] [--only SERIES,SERIES] [--json FILE]]
//
// In Chromium it also says what the main thread did for a key and after it. `--profile` lists the
// functions of one series that took longest; `--webkit` measures in WebKitGTK, the shell's web view,
// through `scripts/desktop`.

import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { inChromium, inWebKit } from './fast/hands.mjs';
import { series } from './fast/series.mjs';
import { serve } from './serve.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const { values: options } = parseArgs({
  options: {
    webkit: { type: 'boolean', default: false },
    profile: { type: 'string' },
    chats: { type: 'string', default: '100000' },
    only: { type: 'string' },
    json: { type: 'string' },
  },
});

const out = here('../../artifacts/ui-fast');
await mkdir(out, { recursive: true });
await build({
  root: here('..'),
  mode: 'fake',
  logLevel: 'error',
  build: {
    outDir: out,
    // With their own names, functions can be told apart in a profile.
    minify: options.profile === undefined,
    rolldownOptions: { input: here('./fast/index.html') },
  },
});
const site = await serve(out);
const address = `${site.url}/scripts/fast/index.html?live=0&latency=0&theme=light&chats=${options.chats}`;

/** The time that a share of all times does not pass. */
function quantile(times, share) {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

const ms = (time) => (Number.isFinite(time) ? time.toFixed(1) : '–').padStart(7);
const mean = (times) => times.reduce((sum, time) => sum + time, 0) / times.length;

function report(name, found) {
  const whole = found.map((one) => one.whole);
  const own = found.map((one) => one.whole - one.waited);
  const work = (part) => mean(found.map((one) => one.work?.[part] ?? NaN));
  const line = [
    name.padEnd(22), String(found.length).padStart(3), ms(quantile(whole, 0.5)), ms(quantile(whole, 0.95)),
    ms(Math.max(...whole)), ms(quantile(own, 0.5)), ms(quantile(own, 0.95)), ms(work('TaskDuration')),
    ms(work('ScriptDuration')), ms(work('LayoutDuration')), ms(work('RecalcStyleDuration')),
  ]; // prettier-ignore
  console.log(line.join(' '));
  return { name, n: found.length, p50: quantile(whole, 0.5), p95: quantile(whole, 0.95), own95: quantile(own, 0.95) }; // prettier-ignore
}

const hand = await (options.webkit ? inWebKit : inChromium)(address);
const wanted = (options.profile ?? options.only)?.split(',');
const figures = [];
console.log(`${options.chats} chats, load ${loadavg()[0].toFixed(2)} on ${cpus().length} cores; milliseconds from key to paint`); // prettier-ignore
console.log('                         n     p50     p95   worst  own p50 own p95    work  script  layout   style'); // prettier-ignore
try {
  for (const { name, run } of series) {
    if (wanted && !wanted.includes(name)) continue;
    if (options.profile) await hand.profile.start();
    const found = [];
    await run(hand, (sign, key) => hand.time(sign, key).then((one) => found.push(one)));
    if (options.profile) await hand.profile.stop(`${out}/${name}.cpuprofile`);
    figures.push(report(name, found));
  }
  console.log(`at most ${await hand.ask('fast.rows()')} rows in the page`);
} finally {
  await hand.close();
  site.close();
}
if (options.json) await writeFile(options.json, `${JSON.stringify(figures, null, 2)}\n`);
