// The program under test, with a data folder of its own.

import { mkdtempSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Page } from './page.mjs';

/** Opens, kills and opens again one installation of the program. */
export class Program {
  #driver;
  #binary;
  #artifacts;
  #dataFolder = mkdtempSync(join(tmpdir(), 'switchboard-window-'));
  #session;

  constructor(driver, binary, artifacts) {
    this.#driver = driver;
    this.#binary = binary;
    this.#artifacts = artifacts;
  }

  /** The file that is started. */
  get binary() {
    return this.#binary;
  }

  /** Where this installation keeps everything. */
  get dataFolder() {
    return this.#dataFolder;
  }

  /** Starts the program and answers with its window. */
  async open(...args) {
    this.#session = await this.#driver.open(this.#binary, ['--data-dir', this.#dataFolder, ...args]);
    return new Page(this.#session, this.#artifacts);
  }

  /** When the program that is open was started, in milliseconds since 1970, to about 20 ms. */
  startedAt() {
    const binary = realpathSync(this.#binary);
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    const mine = pids.find((pid) => {
      try {
        const runs = readlinkSync(`/proc/${pid}/exe`) === binary;
        return runs && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(this.#dataFolder);
      } catch {
        // Another's process, or one that has ended meanwhile.
        return false;
      }
    });
    if (mine === undefined) throw new Error('the program does not run');
    // Field 22 of proc(5), counted after the name, which may contain spaces: hundredths since boot.
    const afterName = readFileSync(`/proc/${mine}/stat`, 'utf8').split(') ').at(-1).split(' ');
    const upSeconds = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]);
    return Date.now() - upSeconds * 1_000 + Number(afterName[19]) * 10;
  }

  /** Ends the program the hard way: the driver kills it. */
  async kill() {
    const session = this.#session;
    this.#session = undefined;
    await session?.close();
  }

  /** Ends the program and starts it again in the same data folder. */
  async restart(...args) {
    await this.kill();
    return this.open(...args);
  }

  /** Removes what it kept. */
  remove() {
    rmSync(this.#dataFolder, { recursive: true, force: true });
  }
}
