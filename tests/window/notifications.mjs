// What the private desktop's notification daemon shows, asked of dunst.

import { execFile } from 'node:child_process';
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
