// The process of a WebDriver, started on a free port and ended whatever state it is in.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';

/** A driver that was asked to end is killed after this. */
const END_LIMIT_MS = 5_000;

/** Starts `command --port=…`; what it and the program under test print goes to `log`. */
export async function startDriver(command, args, log) {
  const port = await freePort();
  const out = openSync(log, 'a');
  // The first variable makes the program open its window for a driver, the second its view.
  const env = { ...process.env, TAURI_AUTOMATION: 'true', TAURI_WEBVIEW_AUTOMATION: 'true' };
  const child = spawn(command, [...args, `--port=${port}`], { env, stdio: ['ignore', out, out] });
  closeSync(out);
  await once(child, 'spawn');
  return new DriverProcess(child, `http://127.0.0.1:${port}`);
}

/** A driver that was started. */
export class DriverProcess {
  #child;

  constructor(child, origin) {
    this.#child = child;
    /** Where it answers. */
    this.origin = origin;
  }

  #ended() {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Ends it in order: it takes the program that it runs along. */
  async stop() {
    if (this.#ended()) return;
    const exit = once(this.#child, 'exit');
    this.#child.kill();
    const late = setTimeout(() => this.abandon(), END_LIMIT_MS);
    await exit;
    clearTimeout(late);
  }

  /** Kills it and the program that it runs, which a driver that hangs would leave behind. */
  abandon() {
    if (this.#ended()) return;
    for (const pid of childrenOf(this.#child.pid)) end(pid);
    this.#child.kill('SIGKILL');
  }
}

function childrenOf(pid) {
  try {
    const listed = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return listed.split(' ').filter(Boolean).map(Number);
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}

function end(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It ended by itself meanwhile.
    if (error.code !== 'ESRCH') throw error;
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
