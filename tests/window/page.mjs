// The window in the words of a journey: elements by their test id, waited for.

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { until } from './webdriver.mjs';

const take = promisify(execFile);

/** A CSS selector for a test id, with attributes where several elements carry it. */
export function byId(id, attributes = {}) {
  const more = Object.entries(attributes).map(([name, value]) => `[${name}=${JSON.stringify(value)}]`);
  return `[data-testid="${id}"]${more.join('')}`;
}

/** A message of the open chat: of the one likely to be opened next, some are drawn out of sight. */
export const MESSAGE = `${byId('conversation')} ${byId('message')}`;

/** What a journey sees and does. Everything waits until the element is there. */
export class Page {
  #session;
  #folder;

  constructor(session, folder) {
    this.#session = session;
    this.#folder = folder;
  }

  /** The protocol below, for what has no word here. */
  get session() {
    return this.#session;
  }

  /** Waits until a condition holds; answers with what it found. */
  until(what, look, timeoutMs) {
    return until(what, look, timeoutMs);
  }

  /** Waits for an element. */
  find(css, timeoutMs) {
    return until(`there is ${css}`, () => this.#session.one(css), timeoutMs);
  }

  /** Waits until an element is gone. */
  gone(css, timeoutMs) {
    return until(`${css} is gone`, async () => (await this.#session.all(css)).length === 0, timeoutMs);
  }

  /** How many elements there are now. */
  async count(css) {
    return (await this.#session.all(css)).length;
  }

  /** Clicks an element. */
  click(css) {
    return until(`${css} can be clicked`, async () => {
      await this.#session.click(await this.#session.one(css));
      return true;
    });
  }

  /** Types into an element. */
  async type(css, text) {
    await this.#session.type(await this.find(css), text);
  }

  /** Presses keys together. */
  press(...keys) {
    return this.#session.press(...keys);
  }

  /** The text of an element, as it is drawn now. */
  async text(css) {
    return this.#session.text(await this.find(css));
  }

  /** The content of every element that is there now, also of those scrolled out of sight. */
  contents(css) {
    return this.#session.run(
      'return [...document.querySelectorAll(arguments[0])].map((e) => e.textContent);',
      css,
    );
  }

  /** An attribute of every element that is there now. */
  attributes(css, name) {
    return this.#session.run(
      'return [...document.querySelectorAll(arguments[0])].map((e) => e.getAttribute(arguments[1]));',
      css,
      name,
    );
  }

  /** Waits until one of the elements contains a text or matches a pattern. */
  findText(css, wanted, timeoutMs) {
    const matches = (text) => (wanted instanceof RegExp ? wanted.test(text) : text.includes(wanted));
    return until(
      `one of ${css} says ${wanted}`,
      async () => (await this.contents(css)).find(matches),
      timeoutMs,
    );
  }

  /**
   * Keeps a picture of the desktop, which the window fills. WebKitGTK's driver can take none of a page that
   * is drawn without OpenGL: its answer never comes.
   */
  async screenshot(name) {
    // Two frames, so that what was just found is also drawn.
    await this.#session.runAsync(
      'const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()));',
    );
    await take('import', ['-silent', '-window', 'root', `png:${join(this.#folder, `${name}.png`)}`]);
  }
}
