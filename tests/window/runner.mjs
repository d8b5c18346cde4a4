// Runs journeys, step by step, and says what passed.

import { Program } from './program.mjs';

/**
 * A part of a journey; it answers with a figure worth printing, or with nothing.
 * @callback Step
 * @param {Context} context
 * @returns {Promise<string | void>}
 */

/**
 * A journey of one person through the program.
 * @typedef {object} Journey
 * @property {string} name
 * @property {string[]} [args] what the program is started with
 * @property {[string, Step]} [before] a step before the window opens
 * @property {[string, Step][]} steps each builds on the one before
 * @property {(context: Context) => Promise<void>} [after] clears away, whatever came of the steps
 */

/**
 * What a step works with. A step that starts the program anew puts the new window into `page`.
 * @typedef {object} Context
 * @property {import('./page.mjs').Page} page
 * @property {Program} program
 * @property {Record<string, unknown>} noted what a step keeps for those after it
 */

/** Runs journeys one after another; answers with the counts. */
export async function runAll(journeys, { driver, binary, artifacts, print = console.log }) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const journey of journeys) {
    const program = new Program(driver, binary, artifacts);
    print(`\n${journey.name}`);
    await runJourney(journey, program, counts, print);
    program.remove();
  }
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  print(`\n${counts.passed} passed, ${counts.failed} failed${skipped}`);
  return counts;
}

async function runJourney(journey, program, counts, print) {
  const context = { program, page: undefined, noted: {} };
  const before = journey.before ? [journey.before] : [];
  const opens = ['opens', (c) => openWindow(c, journey.args ?? [])];
  const steps = [...before, opens, ...journey.steps];
  let broken = false;
  for (const [name, step] of steps) {
    if (broken) {
      counts.skipped += 1;
      print(`  skip  ${name}`);
      continue;
    }
    const began = performance.now();
    try {
      const said = await step(context);
      counts.passed += 1;
      const took = `${Math.round(performance.now() - began)} ms`;
      print(`  ok    ${name} (${said === undefined ? took : `${took}; ${said}`})`);
    } catch (error) {
      broken = true;
      counts.failed += 1;
      print(`  FAIL  ${name} (${Math.round(performance.now() - began)} ms)\n${indented(error)}`);
      await keepEvidence(context, `failed-${journey.name}`, print);
    }
  }
  await program.kill().catch((error) => print(indented(error)));
  await journey.after?.(context).catch((error) => print(indented(error)));
}

async function openWindow(context, args) {
  context.page = await context.program.open(...args);
}

// A picture says more than the error; where there is none to be had, the error must do.
async function keepEvidence({ page }, name, print) {
  await page
    ?.screenshot(name.replaceAll(/[^\p{L}\p{N}]+/gu, '-'))
    .catch((error) => print(`        no picture: ${error.message}`));
}

const indented = (error) => String(error.stack ?? error).replaceAll(/^/gm, '        ');
