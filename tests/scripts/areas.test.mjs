// What the summary of the tests' scripts says, over areas that do nothing.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, test } from "node:test";

const scripts = resolve(import.meta.dirname, "../../scripts");
// The scripts clear the logs of the folder that they stand in, so these stand in one of their own.
const folder = mkdtempSync(join(tmpdir(), "switchboard-areas-"));
mkdirSync(join(folder, "scripts"));
for (const name of ["lib.sh", "areas.sh"])
  cpSync(join(scripts, name), join(folder, "scripts", name));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Runs areas, and answers with the lines of the summary and the exit code. */
function summary(areas) {
  const script = `source scripts/lib.sh; source scripts/areas.sh; ${areas}; finish`;
  return new Promise((done) => {
    execFile("bash", ["-c", script], { cwd: folder }, (error, stdout) => {
      const lines = stdout.slice(stdout.indexOf("== areas")).trim().split("\n");
      done({ code: error?.code ?? 0, lines });
    });
  });
}

test("the last line is the total", async () => {
  const { code, lines } = await summary(
    'area good plain 9 echo "3 passed, 0 failed"',
  );
  assert.equal(code, 0);
  assert.match(lines[1], /^good .* 3 passed/);
  assert.equal(lines.at(-1), "3 passed, 0 failed");
  assert.ok(!lines.some((line) => line.startsWith("Left out")));
});

test("what is left out stands at the end, with the reason", async () => {
  const areas = [
    'leave_out window-service "nothing may be mounted here"',
    'area good plain 9 echo "3 passed, 0 failed"',
    'leave_out other "no such device"',
  ];
  const { code, lines } = await summary(areas.join(";"));
  assert.equal(code, 0, "a machine that lacks something fails nothing");
  assert.deepEqual(
    lines.slice(-4).map((line) => line.replaceAll(/ +/g, " ")),
    [
      "Left out on this machine, so not tested:",
      "window-service nothing may be mounted here",
      "other no such device",
      "3 passed, 0 failed, 2 left out",
    ],
  );
});

test("a failure is one with and without what is left out", async () => {
  const { code, lines } = await summary(
    'leave_out other "no such device"; area bad none 9 false',
  );
  assert.equal(code, 1);
  assert.equal(lines.at(-1), "0 passed, 1 failed, 1 left out");
});

test("areas beside each other know their places, and a place that is left is taken again", async () => {
  const here = "bash -c";
  const says = (name, seconds) =>
    `area_beside ${name} plain 9 ${here} 'echo "$AREA_PLACE passed, 0 failed"; sleep ${seconds}'`;
  const areas = [
    says("long", 1),
    says("short", 0),
    says("next", 0),
    "areas_beside_end",
  ];
  const { code, lines } = await summary(areas.join(";"));
  assert.equal(code, 0);
  const place = (name) =>
    lines.find((line) => line.startsWith(name))?.match(/(\d) passed/)?.[1];
  assert.deepEqual(
    [place("long"), place("short"), place("next")],
    ["1", "2", "2"],
  );
});
