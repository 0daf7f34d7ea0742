/** A sampler that is killed each time it has begun to measure, sixty times: what a minute of one kill a second comes to. */

import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { expect } from "vitest";
import { Measurement, moment } from "../../../src/energy/measurement.node.ts";
import { readRun } from "../../../src/energy/read-run.node.ts";
import { journalFiles } from "../../../src/energy/run-folder.node.ts";
import { startFakePowercap } from "../support/fake-powercap.ts";
import { CLI, until } from "../support/measured.ts";
import { sampled } from "./aftermath.ts";

const KILLS = 60;

/** Loses no energy of a counter, and every gap is written down. */
export async function killSixtyTimes(): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-kills-"));
  const powercap = startFakePowercap(folder);
  // The sampler inherits them; every other test says itself what its sampler reads.
  Object.assign(process.env, { FAIRWATT_SYS: powercap.sys, FAIRWATT_NVML: "none" });
  try {
    await killSamplers(folder);
  } finally {
    powercap.stop();
    delete process.env.FAIRWATT_SYS;
    delete process.env.FAIRWATT_NVML;
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function killSamplers(folder: string): Promise<void> {
  const heard: string[] = [];
  const measurement = new Measurement({
    run: "01RUN",
    runDirectory: folder,
    folder,
    command: ["train"],
    cwd: folder,
    name: "train",
    fairwatt: "0",
    samplerEntry: path.join(path.dirname(CLI), "sampler.mjs"),
    onRecord: ({ type }, file) => {
      if (type === "sample") heard.push(file);
    },
    // Between two kills of a second each it is started at once; here the waits are as short as the life.
    restartDelays: [1],
  });
  measurement.begin({ interval: 0.2, pue: 1, attribution: "machine" }, moment(), undefined);
  const killed = new Set<string>();
  while (killed.size < KILLS) {
    const journal = await until(() => heard.find((file) => !killed.has(file)), "a sample of a new sampler");
    killed.add(journal);
    process.kill(Number(/\.(\d+)\.jsonl$/.exec(journal)![1]), "SIGKILL");
  }
  await until(() => heard.filter((file) => !killed.has(file)).length > 0 || undefined, "the last sampler");
  await measurement.sampler.finish();
  await measurement.end({ exitCode: 0 });
  const { summary } = await readRun(folder);
  expect(summary.state).toBe("finished");
  expect(summary.gaps.filter(({ reason }) => reason.includes("SIGKILL"))).toHaveLength(KILLS);
  expect(journalFiles(folder)).toHaveLength(KILLS + 2);
  const cpu = summary.meters.find(({ meter }) => meter.component === "cpu")!;
  const { seconds, joules } = sampled(
    journalFiles(folder)
      .map((file) => fs.readFileSync(file, "utf8"))
      .join(""),
  );
  expect(cpu.seconds).toBeCloseTo(seconds, 6);
  expect(cpu.machine.value).toBeCloseTo(joules, 6);
  expect(joules).toBeGreaterThan(0);
}
