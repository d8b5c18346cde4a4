// `switchboard-cli` beside the program under test.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { dirname, join } from 'node:path';

/** Longest wait for a line or an end. */
const LIMIT_MS = 60_000;

const within = (promise, what) => {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not within ${LIMIT_MS} ms: ${what}`)), LIMIT_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

/** A command that runs until it is ended, told by its lines of JSON. */
export class Command {
  #child;
  #states = [];
  #waiting = new Set();

  constructor(child) {
    this.#child = child;
    createInterface({ input: child.stdout }).on('line', (line) => {
      this.#states.push(JSON.parse(line).state);
      for (const look of this.#waiting) look();
    });
  }

  /** Waits until the command has told this state so many times. */
  async state(name, times = 1) {
    const told = () => this.#states.filter((state) => state === name).length >= times;
    const waited = new Promise((resolve) => {
      const look = () => told() && resolve(this.#waiting.delete(look));
      this.#waiting.add(look);
      look();
    });
    await within(waited, `state ${name}, ${times} times, of [${this.#states}]`);
  }

  /** Ends the command in order. */
  async end() {
    if (this.#child.exitCode !== null) return;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGINT');
    await within(ended, 'the command ends');
  }
}

/** Runs `switchboard-cli` in a data folder. */
export class Cli {
  #binary;
  #dataFolder;

  constructor(program, dataFolder) {
    this.#binary = join(dirname(program), 'switchboard-cli');
    this.#dataFolder = dataFolder;
  }

  #spawn(args) {
    const all = ['--data-dir', this.#dataFolder, '--json', ...args];
    return spawn(this.#binary, all, { stdio: ['ignore', 'pipe', 'inherit'] });
  }

  /** Starts a command that goes on. */
  start(...args) {
    return new Command(this.#spawn(args));
  }

  /** Runs a command to its end; answers with what it printed. */
  async run(...args) {
    const child = this.#spawn(args);
    let printed = '';
    child.stdout.on('data', (bytes) => (printed += bytes));
    const code = await within(new Promise((resolve) => child.once('close', resolve)), args[0]);
    if (code !== 0) throw new Error(`switchboard-cli ${args.join(' ')} ended with ${code}`);
    return JSON.parse(printed);
  }
}
