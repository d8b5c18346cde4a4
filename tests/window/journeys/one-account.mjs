// A workspace of one account, Olga's, over a simulated Telegram.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Cli } from '../cli.mjs';

/** Adds the account and syncs it; the window will open its workspace. Leaves the sandbox at work. */
export async function oneAccount({ program, noted }) {
  const cli = new Cli(program.binary, program.dataFolder);
  const profile = join(program.dataFolder, 'profile.toml');
  noted.cli = cli;
  noted.sandbox = cli.start('sandbox', '--world', 'small', '--profile-out', profile);
  await noted.sandbox.state('ready');
  await cli.run('accounts', 'add', '--profile', profile);
  await cli.run('sync');
  writeFileSync(join(program.dataFolder, 'ui.json'), JSON.stringify({ workspace: 'main' }));
}
