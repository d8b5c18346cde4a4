// The program under test, with a data folder of its own.

import { mkdtempSync, rmSync } from 'node:fs';
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
