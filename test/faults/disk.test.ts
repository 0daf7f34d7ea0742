/** Disks that are full, read-only or gone: the training runs on, and what cannot be kept is said. */

import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readRun } from "../../src/energy/read-run.node.ts";
import { Bench, busyPython, CLI } from "./support/measured.ts";
import { training } from "./table/scene.ts";

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => bench.dispose());

/** Runs a script in a mount namespace of its own, so that it may mount over the project's folders. */
function inOwnMounts(script: string): { status: number | null; stdout: string; stderr: string } {
  const asUser = process.getuid?.() === 0 ? [] : ["--map-root-user"];
  return spawnSync("unshare", ["--mount", ...asUser, "sh", "-c", script], {
    cwd: bench.project,
    env: bench.env,
    encoding: "utf8",
    timeout: 50_000,
  });
}

const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
const fairwattRun = (...command: string[]) =>
  [process.execPath, CLI, "run", "--interval", "0.2", "--", ...command].map(quote).join(" ");
const saved = () => path.join(bench.folder, "saved");

describe("a full disk", () => {
  it("from the start: the training runs, the figures are printed, the loss is said", () => {
    const { status, stdout, stderr } = inOwnMounts(`
      mount -t tmpfs -o size=64k tmpfs .fairwatt && mkdir -p .fairwatt/runs .fairwatt/ledger &&
      dd if=/dev/zero of=.fairwatt/fill bs=1k 2>/dev/null
      mount -t tmpfs -o size=64k tmpfs ${quote(bench.folder)}/state 2>/dev/null
      ${fairwattRun(...busyPython(1.5))}`);
    expect(status).toBe(0);
    expect(stdout).toContain("done");
    expect(stderr).toMatch(/could not be written|cannot be written/);
    expect(stderr).toMatch(/Wh/);
  });

  it("for a while: everything is in the journal once there is room again", async () => {
    const { status, stderr } = inOwnMounts(`
      mount -t tmpfs -o size=256k tmpfs .fairwatt || exit 99
      samples() { cat .fairwatt/runs/*/*.jsonl 2>/dev/null | grep -c '"type":"sample"'; }
      more() { target=$(($(samples) + $1)); until [ "$(samples)" -ge $target ]; do sleep 0.05; done; }
      (more 2; dd if=/dev/zero of=.fairwatt/fill bs=1k 2>/dev/null; sleep 1; rm .fairwatt/fill; more 3; touch enough) &
      ${fairwattRun(...training())}
      [ $? -eq 5 ] || exit 98
      wait; cp -r .fairwatt/runs ${quote(saved())}`);
    expect(status, stderr).toBe(0);
    const [run] = fs.readdirSync(saved());
    const { summary } = await readRun(path.join(saved(), run!));
    expect(summary).toMatchObject({ state: "failed", exitCode: 5, gaps: [] });
    const journals = fs
      .readdirSync(path.join(saved(), run!))
      .map((name) => fs.readFileSync(path.join(saved(), run!, name), "utf8"));
    const samples = journals.join("").match(/"type":"sample"/g)!;
    // None is missing: one for each interval.
    expect(samples.length).toBeGreaterThan((summary.duration / 0.2) * 0.4);
  });
});

describe("a read-only project", () => {
  it("is measured all the same; the run lies in the user's state folder and is found there", () => {
    const { status, stdout, stderr } = inOwnMounts(`
      mount --bind . . && mount -o remount,bind,ro . || exit 99
      cd . && ${fairwattRun("sh", "-c", "sleep 1; echo trained")} && ${[process.execPath, CLI, "runs"].map(quote).join(" ")}`);
    expect(status).toBe(0);
    expect(stdout).toContain("trained");
    expect(stderr).toContain("cannot be written (EROFS); this run is kept in");
    expect(stdout).toContain("finished");
  });
});

describe("a torn journal", () => {
  it("is shown up to its last whole line", async () => {
    await bench.start(busyPython(1.5)).ended;
    const [directory] = bench.runDirectories();
    fs.rmSync(path.join(directory!, "summary.json"));
    for (const name of fs.readdirSync(directory!).filter((name) => name.endsWith(".jsonl"))) {
      const file = path.join(directory!, name);
      fs.truncateSync(file, fs.statSync(file).size - 25);
    }
    const { status, stdout } = bench.fairwatt("show", "last");
    expect(status).toBe(0);
    expect(stdout).toContain("interrupted");
    expect(stdout).toMatch(/Wh/);
    expect(bench.fairwatt("ledger", "verify").status).toBe(1);
  });
});
