// The keys of workspaces, as the keyring of the desktop has them. Journeys share one keyring, so a key
// is asked for by its name: a search answers with those of other journeys too, in an order of its own.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The key of a workspace in a data folder, as bytes. */
export function keyOf(dataFolder, workspace) {
  const { body } = JSON.parse(readFileSync(join(dataFolder, workspace, 'keys.json'), 'utf8'));
  const { service, entry } = body.slots.find(({ kind }) => kind === 'keyring');
  const hex = execFileSync('secret-tool', ['lookup', 'service', service, 'username', entry], {
    encoding: 'utf8',
  });
  return Buffer.from(hex.trim(), 'hex');
}
