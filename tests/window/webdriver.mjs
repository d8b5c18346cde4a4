// A small WebDriver client (https://www.w3.org/TR/webdriver2/) for WebKitGTK's own driver.
// No packages: Node's fetch speaks the protocol well enough.

import { setTimeout as pause } from 'node:timers/promises';
import { startDriver } from './driver-process.mjs';

/** The key under which the protocol hands out an element's reference. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** How often a condition is looked at again while it is waited for. */
const LOOK_AGAIN_MS = 25;

/** A driver that is well says so at once. */
const STATUS_LIMIT_MS = 2_000;

/** Longest wait for any other answer; starting the program on a busy machine takes the longest. */
const ANSWER_LIMIT_MS = 60_000;

/** How often a driver that does not answer is started anew, the first start included. */
const STARTS = 3;

/** Keys that have no character, as the protocol writes them. */
export const KEY = {
  backspace: '\uE003',
  enter: '\uE007',
  shift: '\uE008',
  control: '\uE009',
  alt: '\uE00A',
  escape: '\uE00C',
  up: '\uE013',
  down: '\uE015',
};

/** An answer of the driver that says no. `code` is the protocol's name for the error. */
export class WebDriverError extends Error {
  constructor(code, message) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

/**
 * Looks at something again and again until it is truthy, and answers with that. An element that is
 * not there yet, or that was drawn anew meanwhile, only means "not yet".
 */
export async function until(what, look, timeoutMs = 10_000) {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const seen = await look().catch(notYet);
    if (seen) return seen;
    if (Date.now() > end) throw new Error(`waited ${timeoutMs} ms in vain until ${what}`);
    await pause(LOOK_AGAIN_MS);
  }
}

function notYet(error) {
  const codes = ['no such element', 'stale element reference', 'element not interactable'];
  if (error instanceof WebDriverError && codes.includes(error.code)) return undefined;
  throw error;
}

/**
 * The driver. It starts the program under test, once for each session. A driver that does not answer
 * is started anew, and no request waits for ever.
 */
export class Driver {
  #start;
  #limits;
  /** @type {import('./driver-process.mjs').DriverProcess | undefined} */
  #running;

  /**
   * @param {() => Promise<import('./driver-process.mjs').DriverProcess>} start starts its process
   * @param {{statusMs?: number, answerMs?: number}} [limits]
   */
  constructor(start, { statusMs = STATUS_LIMIT_MS, answerMs = ANSWER_LIMIT_MS } = {}) {
    this.#start = start;
    this.#limits = { statusMs, answerMs };
  }

  /** Starts WebKitGTK's driver, which writes what it and the program print to `log`. */
  static async start(log) {
    const driver = new Driver(() => startDriver('WebKitWebDriver', [], log));
    await driver.ready();
    return driver;
  }

  /** Sees to it that a driver answers, if need be a new one. */
  async ready() {
    let last;
    for (let start = 0; start < STARTS; start += 1) {
      try {
        if (this.#running === undefined) await this.#launch();
        else await this.#status();
        return;
      } catch (error) {
        last = error;
        this.#running?.abandon();
        this.#running = undefined;
      }
    }
    throw new Error(`the driver does not answer, started ${STARTS} times`, { cause: last });
  }

  async #launch() {
    this.#running = await this.#start();
    const answers = () =>
      this.#status().catch((error) => {
        if (error.cause?.code !== 'ECONNREFUSED') throw error;
      });
    await until('the driver answers', answers, this.#limits.statusMs * 5);
  }

  #status() {
    return this.#request('GET', '/status', undefined, this.#limits.statusMs);
  }

  /** Asks the driver for something. @throws {WebDriverError} */
  request(method, path, body) {
    return this.#request(method, path, body, this.#limits.answerMs);
  }

  async #request(method, path, body, limitMs) {
    if (this.#running === undefined) throw new Error('no driver runs');
    const late = (error) => {
      if (error.name !== 'TimeoutError') throw error;
      throw new Error(`no answer within ${limitMs} ms: ${method} ${path}`, { cause: error });
    };
    // The limit holds for the body too: headers alone are no answer.
    const response = await fetch(this.#running.origin + path, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(limitMs),
    }).catch(late);
    const { value } = await response.json().catch(late);
    if (!response.ok) throw new WebDriverError(value.error, value.message);
    return value;
  }

  /** Starts `binary` with `args` and answers with a session in its window. */
  async open(binary, args) {
    await this.ready();
    const wanted = { 'webkitgtk:browserOptions': { binary, args } };
    const { sessionId } = await this.request('POST', '/session', {
      capabilities: { alwaysMatch: wanted, firstMatch: [{}] },
    });
    return new Session(this, `/session/${sessionId}`);
  }

  /** Ends the driver, and with it a program that it still runs. */
  async stop() {
    await this.#running?.stop();
    this.#running = undefined;
  }
}

/** One run of the program, as seen through its window. */
export class Session {
  #driver;
  #path;

  constructor(driver, path) {
    this.#driver = driver;
    this.#path = path;
  }

  #ask(method, path, body) {
    return this.#driver.request(method, this.#path + path, body);
  }

  /** Goes to an address. */
  go(url) {
    return this.#ask('POST', '/url', { url });
  }

  /** References of every element that a CSS selector finds, at once. */
  async all(css) {
    const found = await this.#ask('POST', '/elements', { using: 'css selector', value: css });
    return found.map((element) => element[ELEMENT]);
  }

  /** Reference of the first element that a CSS selector finds. */
  async one(css) {
    const found = await this.#ask('POST', '/element', { using: 'css selector', value: css });
    return found[ELEMENT];
  }

  /** The text of an element, as it is drawn. */
  text(element) {
    return this.#ask('GET', `/element/${element}/text`);
  }

  /** An attribute of an element; null where it has none. */
  attribute(element, name) {
    return this.#ask('GET', `/element/${element}/attribute/${name}`);
  }

  /** Clicks an element in its middle. */
  click(element) {
    return this.#ask('POST', `/element/${element}/click`, {});
  }

  /** Types into an element. */
  type(element, text) {
    return this.#ask('POST', `/element/${element}/value`, { text });
  }

  /** Presses keys together, wherever the focus is, and lets go of them. */
  async press(...keys) {
    const down = keys.map((value) => ({ type: 'keyDown', value }));
    const up = keys.toReversed().map((value) => ({ type: 'keyUp', value }));
    const actions = [{ type: 'key', id: 'keyboard', actions: [...down, ...up] }];
    await this.#ask('POST', '/actions', { actions });
  }

  /** Runs a function's body in the page and answers with what it returns. */
  run(script, ...args) {
    return this.#ask('POST', '/execute/sync', { script, args });
  }

  /** Runs a function's body in the page; its last argument takes the answer. */
  runAsync(script, ...args) {
    return this.#ask('POST', '/execute/async', { script, args });
  }

  /** Ends the session and the program with it. */
  close() {
    return this.#ask('DELETE', '');
  }
}
