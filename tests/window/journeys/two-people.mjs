// Two people who write to each other: Olga, who sits at the window, and Lena, who has an installation of
// her own and writes by command.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cli } from '../cli.mjs';
import { byId } from '../page.mjs';
import { ask, isSynced } from './ask.mjs';

export const LENA_PHONE = '+9996620003';

/** Both log in at a sandbox; the window will open Olga's workspace, with looks of one's choice. */
export async function bothLogIn({ program, noted }, looks = {}) {
  noted.folder = mkdtempSync(join(tmpdir(), 'switchboard-peer-'));
  const olga = new Cli(program.binary, program.dataFolder);
  const lena = new Cli(program.binary, noted.folder);
  const profile = join(noted.folder, 'profile.toml');
  noted.sandbox = lena.start('sandbox', '--world', 'small', '--profile-out', profile);
  await noted.sandbox.state('ready');
  await olga.run('accounts', 'add', '--profile', profile);
  await olga.run('sync');
  const lenas = ['--phone', LENA_PHONE, '--code', '12345', '--password', 'correct horse'];
  await lena.run('accounts', 'add', '--profile', profile, ...lenas);
  await lena.run('sync');
  noted.lena = lena;
  noted.run = lena.start('run');
  await noted.run.state('running');
  writeFileSync(join(program.dataFolder, 'ui.json'), JSON.stringify({ workspace: 'main', ...looks }));
}

/** Waits until the window has everything; notes the chat with Lena. */
export async function isReady({ page, noted }) {
  await page.find(byId('account-row', { 'data-state': 'online' }), 60_000);
  await isSynced(page, 60_000);
  const keys = await ask(page, 'chat_keys', { filter: { people: true } });
  const chats = await ask(page, 'chats', { ids: keys });
  noted.chat = chats.find(({ title }) => title === 'Lena Locked').id;
}

/** Lena sends a text; waits until the window's side has it. */
export async function writesToOlga({ page, noted }, text) {
  await noted.lena.run('send', 'Olga Operator', text);
  const arrived = async () => (await ask(page, 'chats', { ids: [noted.chat] }))[0].last.line === text;
  await page.until('the message is here', arrived);
}

/** Ends what was started for them. */
export async function bothLeave({ noted }) {
  await noted.run?.end();
  await noted.sandbox?.end();
  if (noted.folder) rmSync(noted.folder, { recursive: true, force: true });
}
