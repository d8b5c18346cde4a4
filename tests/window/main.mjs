// Drives the real window through every journey:
//   node tests/window/main.mjs --program target/debug/switchboard [--suite SUITE] [--only NAME]
// Pictures of each screen go to artifacts/window/SUITE/. Run it through scripts/desktop; the suite
// "service" needs scripts/user-systemd inside it.

import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Driver } from './webdriver.mjs';
import { runAll } from './runner.mjs';
import { betweenTwo } from './journeys/between-two.mjs';
import { cannotOpen } from './journeys/cannot-open.mjs';
import { capabilities } from './journeys/capabilities.mjs';
import { leavesNothingBehind } from './journeys/leaves-nothing.mjs';
import { locksItself } from './journeys/locks-itself.mjs';
import { locksWindow } from './journeys/locks.mjs';
import { manyChats } from './journeys/many-chats.mjs';
import { demo } from './journeys/demo.mjs';
import { notifies } from './journeys/notifies.mjs';
import { service } from './journeys/service.mjs';
import { secondStart } from './journeys/second-start.mjs';
import { staysLocked } from './journeys/stays-locked.mjs';
import { straightToDemo } from './journeys/straight-to-demo.mjs';
import { restores } from './journeys/restores.mjs';
import { handOver } from './journeys/takes-over.mjs';
import { tray } from './journeys/tray.mjs';
import { wrongLogins } from './journeys/wrong-logins.mjs';

const { values } = parseArgs({
  options: {
    program: { type: 'string' },
    suite: { type: 'string', default: 'desk' },
    only: { type: 'string' },
  },
});

const suites = {
  desk: [demo, straightToDemo, secondStart, handOver, betweenTwo, notifies, locksWindow, staysLocked, capabilities],
  trouble: [wrongLogins, cannotOpen, restores],
  many: [manyChats],
  away: [locksItself, tray, leavesNothingBehind],
  service: [service],
};
const all = suites[values.suite];
if (!values.program || !all) {
  console.error(
    `Usage: main.mjs --program FILE [--suite ${Object.keys(suites).join('|')}] [--only NAME]`,
  );
  process.exit(2);
}

// A minute in which nobody touches the window is over after five seconds, and logs say all they can.
if (values.suite === 'away') {
  Object.assign(process.env, { SWITCHBOARD_IDLE_PACE: '12', SWITCHBOARD_LOG: 'trace' });
}
const artifacts = resolve(import.meta.dirname, '../../artifacts/window', values.suite);
rmSync(artifacts, { recursive: true, force: true });
mkdirSync(artifacts, { recursive: true });

const journeys = all.filter(({ name }) => !values.only || name === values.only);
const driver = await Driver.start(join(artifacts, 'program.log'));
try {
  const counts = await runAll(journeys, { driver, binary: resolve(values.program), artifacts });
  process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
} finally {
  await driver.stop();
}
