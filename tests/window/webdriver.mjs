// A small WebDriver client (https://www.w3.org/TR/webdriver2/) for WebKitGTK's own driver.
// No packages: Node's fetch speaks the protocol well enough.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** The key under which the protocol hands out an element's reference. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** How often a condition is looked at again while it is waited for. */
const LOOK_AGAIN_MS = 25;

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

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** The driver's process. It starts the program under test, once for each session. */
export class Driver {
  #process;
  #origin;

  constructor(process, origin) {
    this.#process = process;
    this.#origin = origin;
  }

  /** Starts a driver that writes what it and the program print to `log`. */
  static async start(log) {
    const port = await freePort();
    const out = openSync(log, 'a');
    // The first variable makes the program open its window for a driver, the second its view.
    const env = { ...process.env, TAURI_AUTOMATION: 'true', TAURI_WEBVIEW_AUTOMATION: 'true' };
    const child = spawn('WebKitWebDriver', [`--port=${port}`], {
      env,
      stdio: ['ignore', out, out],
    });
    closeSync(out);
    await once(child, 'spawn');
    const driver = new Driver(child, `http://127.0.0.1:${port}`);
    await until('the driver answers', () =>
      driver.request('GET', '/status').catch((error) => {
        if (error instanceof WebDriverError || error.cause?.code !== 'ECONNREFUSED') throw error;
      }),
    );
    return driver;
  }

  /** Asks the driver for something. @throws {WebDriverError} */
  async request(method, path, body) {
    const response = await fetch(this.#origin + path, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const { value } = await response.json();
    if (!response.ok) throw new WebDriverError(value.error, value.message);
    return value;
  }

  /** Starts `binary` with `args` and answers with a session in its window. */
  async open(binary, args) {
    const wanted = { 'webkitgtk:browserOptions': { binary, args } };
    const { sessionId } = await this.request('POST', '/session', {
      capabilities: { alwaysMatch: wanted, firstMatch: [{}] },
    });
    return new Session(this, `/session/${sessionId}`);
  }

  /** Ends the driver, and with it a program that it still runs. */
  async stop() {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const exit = once(this.#process, 'exit');
    this.#process.kill();
    await exit;
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

  /** The window as a PNG. */
  async screenshot() {
    return Buffer.from(await this.#ask('GET', '/screenshot'), 'base64');
  }

  /** Ends the session and the program with it. */
  close() {
    return this.#ask('DELETE', '');
  }
}
