/** Many processes of one launch: one record for the host, nothing counted twice, however many there are. */

import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SampleRecord } from "../../src/energy/journal.ts";
import { readRun } from "../../src/energy/read-run.node.ts";
import { journalFiles } from "../../src/energy/run-folder.node.ts";
import { Bench, busyPython, CLI } from "./support/measured.ts";

const RANKS = 6;

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => bench.dispose());

/** A rank: busy for a while, then says how much CPU time it used. */
const RANK = `import os, time
end = time.monotonic() + 2.5
while time.monotonic() < end:
    sum(range(2000))
print("used", time.process_time(), flush=True)`;

const used = (stdout: string) =>
  [...stdout.matchAll(/used ([\d.]+)/g)].reduce((sum, [, seconds]) => sum + Number(seconds), 0);

/** CPU seconds of the run's tree between its first and last sample, and how many samplers wrote them. */
function treeSeconds(directory: string): { seconds: number; samplers: number } {
  const files = journalFiles(directory)
    .map((file) => fs.readFileSync(file, "utf8"))
    .filter((text) => text.includes('"role":"sampler"'));
  const samples = files
    .flatMap((text) => text.split("\n").filter((line) => line.includes('"type":"sample"')))
    .map((line) => JSON.parse(line) as SampleRecord);
  return { seconds: samples.at(-1)!.cpu!.tree! - samples[0]!.cpu!.tree!, samplers: files.length };
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
import subprocess, sys
rank = ${JSON.stringify(RANK)}
ranks = [subprocess.Popen([${JSON.stringify(process.execPath)}, ${JSON.stringify(CLI)}, "run", "--", sys.executable, "-c", rank]) for _ in range(${RANKS})]
sys.exit(max(rank.wait() for rank in ranks))
`;
    const run = bench.start([process.env.FAIRWATT_PYTHON ?? "python3", "-c", launcher]);
    expect((await run.ended).code).toBe(0);
    const { seconds, samplers } = await onlyRecord();
    expect(samplers).toBe(1);
    const ranks = used(run.stdout);
    expect(seconds).toBeGreaterThan(ranks * 0.9);
    // The launcher and the runners that joined used some, too.
    expect(seconds).toBeLessThan(ranks + 4);
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
    const codes = await Promise.all(ranks.map(async (rank) => (await rank.ended).code));
    expect(codes).toEqual(ranks.map((_, rank) => rank));
    const { summary, seconds, samplers } = await onlyRecord();
    expect(samplers).toBe(1);
    expect(summary.notices).toContain(
      `one record for all ranks that Open MPI started on this host (${RANKS} ranks on all hosts)`,
    );
    const all = used(ranks.map(({ stdout }) => stdout).join());
    expect(seconds).toBeGreaterThan(all * 0.5);
    expect(seconds).toBeLessThan(all * 1.05 + 1);
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
