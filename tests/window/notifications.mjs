// What the private desktop's notification daemon shows, asked of dunst.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);
const dunstctl = async (...words) => (await run('dunstctl', words)).stdout;

/** How many notifications are shown now. */
export const displayed = async () => Number(await dunstctl('count', 'displayed'));

/** Clicks the newest notification. */
export const click = () => dunstctl('action', '0');

/** The notifications that were shown and are gone, newest first. */
export async function past() {
  const { data } = JSON.parse(await dunstctl('history'));
  return data.flat().map(({ appname, summary, body }) => ({
    app: appname.data,
    summary: summary.data,
    body: body.data,
  }));
}

/** Counts what programs ask the desktop to show, a replacement included. */
export class Asked {
  #monitor;
  #count = 0;

  constructor(monitor) {
    this.#monitor = monitor;
  }

  /** Starts to listen on the bus. */
  static async start() {
    const wanted = "interface='org.freedesktop.Notifications',member='Notify'";
    const monitor = spawn('dbus-monitor', [wanted], { stdio: ['ignore', 'pipe', 'ignore'] });
    const asked = new Asked(monitor);
    const lines = createInterface({ input: monitor.stdout });
    // It says that it got its name once it listens.
    const ready = once(lines, 'line');
    lines.on('line', (line) => {
      if (line.startsWith('method call') && line.includes('member=Notify')) asked.#count += 1;
    });
    await ready;
    return asked;
  }

  /** How often it was asked so far. */
  get count() {
    return this.#count;
  }

  /** Stops listening. */
  stop() {
    this.#monitor.kill();
  }
}
