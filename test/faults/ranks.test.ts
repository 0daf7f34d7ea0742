/** Many processes of one launch: one record for the host, nothing counted twice, however many there are. */

import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readRun } from "../../src/energy/read-run.node.ts";
import { journalFiles } from "../../src/energy/run-folder.node.ts";
import { Bench, busyPython, CLI, type Started, until } from "./support/measured.ts";
import { samplesIn } from "./table/aftermath.ts";

const RANKS = 6;

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => bench.dispose());

/** A rank: works, says how much CPU time it used, and is there until all are told to end. */
const RANK = `import os, time
while time.process_time() < 0.3:
    sum(range(2000))
print("used", time.process_time(), flush=True)
until = time.monotonic() + 60
while not os.path.exists("enough") and time.monotonic() < until:
    time.sleep(0.1)`;

/** What a rank uses after it has said what it used, at most: it looks for a file, and its interpreter ends. CPU seconds. */
const AFTERWARDS = 0.15;
/** The kernel tells own time and reaped time in hundredths of a second, user and system apart, rounded down. */
const ROUNDED = 0.04;

const used = (stdout: string) =>
  [...stdout.matchAll(/used ([\d.]+)/g)].reduce((sum, [, seconds]) => sum + Number(seconds), 0);

const samplerJournals = (directory: string) =>
  journalFiles(directory)
    .map((file) => fs.readFileSync(file, "utf8"))
    .filter((text) => text.includes('"role":"sampler"'));

/** CPU seconds of the run's tree at its last sample, and how many samplers wrote. */
function treeSeconds(directory: string): { seconds: number; samplers: number } {
  const journals = samplerJournals(directory);
  return { seconds: samplesIn(journals.join("")).at(-1)!.cpu!.tree!, samplers: journals.length };
}

/** Waits until each rank has said what it used, and so many samples were taken afterwards; then tells them to end. */
async function endMeasured(starters: readonly Started[], samples: number): Promise<void> {
  const said = () => starters.map(({ stdout }) => stdout).join("");
  await until(() => said().match(/used/g)?.length === RANKS || undefined, "the word of each rank");
  const [directory, ...more] = bench.runDirectories();
  expect(more).toEqual([]);
  const taken = () => samplesIn(samplerJournals(directory!).join("")).length;
  const enough = taken() + samples;
  await until(() => taken() >= enough || undefined, `${samples} samples more`);
  fs.writeFileSync(path.join(bench.project, "enough"), "");
}

async function onlyRecord() {
  const directories = bench.runDirectories();
  expect(directories).toHaveLength(1);
  const { summary } = await readRun(directories[0]!);
  const cpu = summary.meters.find(({ meter }) => meter.component === "cpu")!;
  expect(cpu.run.value).toBeGreaterThan(0);
  expect(cpu.run.value).toBeLessThanOrEqual(cpu.machine.value);
  expect(fs.readdirSync(path.join(bench.project, ".fairwatt", "ledger"))).toHaveLength(1);
  return { summary, ...treeSeconds(directories[0]!) };
}

describe.runIf(process.platform === "linux")("ranks of one launch", () => {
  it("that are measured one by one inside a measured launcher are counted once, by it", async () => {
    const launcher = `
import resource, subprocess, sys
rank = ${JSON.stringify(RANK)}
ranks = [subprocess.Popen([${JSON.stringify(process.execPath)}, ${JSON.stringify(CLI)}, "run", "--", sys.executable, "-c", rank]) for _ in range(${RANKS})]
code = max(rank.wait() for rank in ranks)
both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print("all", sum(each.ru_utime + each.ru_stime for each in both), flush=True)
sys.exit(code)
`;
    const run = bench.start([process.env.FAIRWATT_PYTHON ?? "python3", "-c", launcher]);
    await endMeasured([run], 1);
    expect((await run.ended).code).toBe(0);
    const { seconds, samplers } = await onlyRecord();
    expect(samplers).toBe(1);
    // The launcher, the ranks, and the runners that joined.
    const all = Number(/all ([\d.]+)/.exec(run.stdout)![1]);
    expect(all).toBeGreaterThan(used(run.stdout));
    expect(seconds).toBeGreaterThan(all - ROUNDED);
    expect(seconds).toBeLessThan(all + AFTERWARDS);
    expect(run.stderr.match(/joins it/g)).toHaveLength(RANKS);
  });

  it("that a launcher starts measured, each for itself, find each other: the first one measures for all", async () => {
    const env = {
      PMIX_NAMESPACE: "prterun-host-4711@1",
      OMPI_COMM_WORLD_SIZE: String(RANKS),
      TMPDIR: bench.folder,
    };
    const python = process.env.FAIRWATT_PYTHON ?? "python3";
    const ranks = Array.from({ length: RANKS }, (_, rank) =>
      bench.start([python, "-c", `${RANK}\nimport sys; sys.exit(${rank})`], {
        env: { ...env, OMPI_COMM_WORLD_RANK: String(rank) },
      }),
    );
    // The first one's sampler looks at processes that use little once a second.
    await endMeasured(ranks, 8);
    const codes = await Promise.all(ranks.map(async (rank) => (await rank.ended).code));
    expect(codes).toEqual(ranks.map((_, rank) => rank));
    const { summary, seconds, samplers } = await onlyRecord();
    expect(samplers).toBe(1);
    expect(summary.notices).toContain(
      `one record for all ranks that Open MPI started on this host (${RANKS} ranks on all hosts)`,
    );
    const all = used(ranks.map(({ stdout }) => stdout).join());
    expect(seconds).toBeGreaterThan(all - RANKS * ROUNDED);
    expect(seconds).toBeLessThan(all + RANKS * AFTERWARDS);
    expect(fs.readdirSync(bench.folder).filter((name) => name.startsWith("fairwatt-"))).toHaveLength(1);
  });

  it("are measured by themselves where the run that they were started in has ended", async () => {
    const run = bench.start(busyPython(0.2));
    await run.ended;
    const [directory] = bench.runDirectories();
    const left = {
      FAIRWATT_RUN_ID: path.basename(directory!),
      FAIRWATT_RUN_DIR: directory,
      FAIRWATT_RUNNER: `${(await bench.onlyRun()).host}:${run.pid}:1`,
    };
    const late = bench.start(busyPython(0.2), { env: left });
    expect((await late.ended).code).toBe(0);
    expect(bench.runDirectories()).toHaveLength(2);
  });
});
