/** Disks that are full, read-only or gone: the training runs on, and what cannot be kept is said. */

import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readRun } from "../../src/energy/read-run.node.ts";
import { Bench, CLI, untilSampled } from "./support/measured.ts";
import { samplesIn } from "./table/aftermath.ts";
import { python, training } from "./table/scene.ts";

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
/**
 * A training that goes on until its sampler, which has nowhere to write, has had its counter open and has been through some
 * waits after that: a wait lies between two samples.
 */
const UNTIL_COUNTED = `
import glob, os, time
def sampler():
    for name in glob.glob("/proc/[0-9]*"):
        try:
            called = open(name + "/cmdline").read()
            if "sampler.mjs" in called and os.getcwd() in called and any("energy_uj" in os.readlink(fd) for fd in glob.glob(name + "/fd/*")):
                return name
        except OSError:
            pass
def waits():
    name = sampler()
    return int(open(name + "/status").read().split("\\nvoluntary_ctxt_switches:")[1].split()[0]) if name else 0
given_up = time.monotonic() + 60
while sampler() is None and time.monotonic() < given_up: time.sleep(0.05)
enough = waits() + 12
while waits() < enough and time.monotonic() < given_up: sum(range(100000))
print("done")
`;
const saved = () => path.join(bench.folder, "saved");

describe("a full disk", () => {
  it("from the start: the training runs, the figures are printed, the loss is said", () => {
    const { status, stdout, stderr } = inOwnMounts(`
      mount -t tmpfs -o size=64k tmpfs .fairwatt && mkdir -p .fairwatt/runs .fairwatt/ledger &&
      dd if=/dev/zero of=.fairwatt/fill bs=1k 2>/dev/null
      mount -t tmpfs -o size=64k tmpfs ${quote(bench.folder)}/state 2>/dev/null
      ${fairwattRun(python, "-c", UNTIL_COUNTED)}`);
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
      waits() { grep ^voluntary /proc/$(basename $(grep -l '"role":"sampler"' .fairwatt/runs/*/*.jsonl) .jsonl | sed 's/.*\\.//')/status | tr -dc 0-9; }
      (more 2; dd if=/dev/zero of=.fairwatt/fill bs=1k 2>/dev/null; date +%s.%N > full
       target=$(($(waits) + 12)); until [ "$(waits)" -ge $target ]; do sleep 0.05; done
       date +%s.%N > freed; rm .fairwatt/fill; more 3; touch enough) &
      ${fairwattRun(...training())}
      [ $? -eq 5 ] || exit 98
      wait; cp -r .fairwatt/runs ${quote(saved())}`);
    expect(status, stderr).toBe(0);
    const [run] = fs.readdirSync(saved());
    const { summary } = await readRun(path.join(saved(), run!));
    expect(summary).toMatchObject({ state: "failed", exitCode: 5 });
    const journals = fs
      .readdirSync(path.join(saved(), run!))
      .map((name) => fs.readFileSync(path.join(saved(), run!, name), "utf8"));
    const [from, to] = ["full", "freed"].map((name) =>
      Number(fs.readFileSync(path.join(bench.project, name), "utf8")),
    );
    const meanwhile = journals.flatMap(samplesIn).filter(({ t }) => t > from! && t < to!);
    expect(meanwhile.length).toBeGreaterThan(0);
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
    await bench.start([python, "-c", untilSampled(3)]).ended;
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
