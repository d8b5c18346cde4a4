// `scripts/run` on machines that lack something, and where everything is built already.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const repo = fileURLToPath(new URL('../..', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'switchboard-run-'));
after(() => rmSync(root, { recursive: true, force: true }));

/** What the script needs of any machine. */
const usual = ['bash', 'cat', 'cut', 'dirname', 'env', 'find', 'head', 'mkdir', 'mv', 'sed', 'sort', 'touch', 'uname'];
let machines = 0;

function executable(path, lines) {
  writeFileSync(path, ['#!/bin/sh', ...lines, ''].join('\n'));
  chmodSync(path, 0o755);
}

/** A machine with the usual tools and these programs of ours, each a line of shell. */
function machine(programs = {}) {
  const home = join(root, String(machines++));
  const [bin, target] = ['bin', 'target'].map((name) => join(home, name));
  mkdirSync(bin, { recursive: true });
  mkdirSync(join(target, 'release'), { recursive: true });
  for (const name of usual) {
    const { stdout } = spawnSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
    symlinkSync(stdout.trim(), join(bin, name));
  }
  for (const [name, line] of Object.entries(programs)) executable(join(bin, name), [line]);
  const run = (args = [], display = ':1') => {
    const env = { PATH: bin, CARGO_TARGET_DIR: target, ...(display && { DISPLAY: display }) };
    return spawnSync(join(repo, 'scripts/run'), args, { cwd: home, env, encoding: 'utf8' });
  };
  return { home, target, run };
}

const rust = { cargo: 'exit 1', rustc: 'echo rustc 99.0.0 nightly' };

test('without a display it says that the command line works without one', () => {
  const { status, stderr } = machine(rust).run([], null);
  assert.equal(status, 2);
  assert.match(stderr, /no display here/);
  assert.match(stderr, /switchboard-cli works without one/);
});

test('without Rust, Node or npm, or with an old one, it says what to install', () => {
  const cases = [
    [{}, /Rust is missing\. Install it with rustup/],
    [{ ...rust, rustc: 'echo rustc 1.0.0 old' }, /or newer is needed; this one is 1\.0\.0/],
    [rust, /Node is missing\. Install Node/],
    [{ ...rust, node: 'echo v1.2.3' }, /or newer is needed; this one is 1\.2\.3/],
    [{ ...rust, node: 'echo v99.0.0' }, /npm is missing/],
  ];
  for (const [programs, words] of cases) {
    const { status, stderr } = machine(programs).run();
    assert.equal(status, 2, stderr);
    assert.match(stderr, words);
  }
});

test('what is built starts at once, where it was called, with its arguments', () => {
  const { home, target, run } = machine();
  executable(join(target, 'release/switchboard'), ['echo "in $PWD: $*"']);
  const stamp = join(target, 'release/.switchboard-built');
  writeFileSync(stamp, '');
  const later = new Date(Date.now() + 3_600_000);
  utimesSync(stamp, later, later);
  const { status, stdout } = run(['--demo', 'a b']);
  assert.equal(status, 0);
  assert.equal(stdout, `in ${home}: --demo a b\n`);
});

test('what was changed since is not started as it was', () => {
  const { target, run } = machine();
  executable(join(target, 'release/switchboard'), ['echo started']);
  const stamp = join(target, 'release/.switchboard-built');
  writeFileSync(stamp, '');
  utimesSync(stamp, new Date(0), new Date(0));
  const { status, stdout, stderr } = run();
  assert.equal(status, 2);
  assert.equal(stdout, '');
  assert.match(stderr, /Rust is missing/);
});
