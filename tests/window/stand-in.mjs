// What a desktop has and the private one lacks, played by the programs of desktop/: a panel with a
// tray, and systemd-logind. They need Debian's Python, whose bindings of GLib speak D-Bus.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);

const PYTHON = '/usr/bin/python3';
const file = (name) => join(import.meta.dirname, 'desktop', `${name}.py`);
/** A stand-in answers at once. */
const LIMIT_MS = 10_000;

/** One of them, which does what it is told until it is stopped. */
export class StandIn {
  #child;
  #lines;

  constructor(child) {
    this.#child = child;
    this.#lines = createInterface({ input: child.stdout });
  }

  /** Starts one by its name; it then has its place on the bus. */
  static async start(name) {
    const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' };
    const child = spawn(PYTHON, [file(name)], { env, stdio: ['pipe', 'pipe', 'inherit'] });
    const one = new StandIn(child);
    await one.#answer(name);
    return one;
  }

  /** Tells it something; answers with what it says. One at a time. */
  async ask(word, ...args) {
    this.#child.stdin.write(`${JSON.stringify([word, ...args])}\n`);
    return this.#answer(word);
  }

  async #answer(word) {
    const [line] = await once(this.#lines, 'line', { signal: AbortSignal.timeout(LIMIT_MS) });
    const { ok, error } = JSON.parse(line);
    if (error !== undefined) throw new Error(`${word}: ${error}`);
    return ok;
  }

  /** Ends it, and with it whatever it owned. */
  async stop() {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.stdin.end();
    await ended;
  }
}

/** The windows in sight whose title has this in it, as numbers of the X server. */
export async function windowsNamed(title) {
  const search = ['search', '--onlyvisible', '--name', title];
  // It ends with 1 where it finds none.
  const { stdout } = await run('xdotool', search).catch(({ stdout }) => ({ stdout }));
  return stdout.split('\n').filter(Boolean);
}

/** The windows of the program that can be seen. */
export const windowsInSight = () => windowsNamed('Switchboard — an unofficial');

/** Asks the window of the program to close, as the cross in its frame does. */
export async function closeWindow() {
  const [window] = await windowsInSight();
  if (window === undefined) throw new Error('there is no window in sight');
  await run(PYTHON, [file('close'), window]);
}
