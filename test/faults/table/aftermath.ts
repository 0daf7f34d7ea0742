/** What is there after a fault, and what must hold of it whatever the fault was. */

import * as fs from "node:fs";
import { expect } from "vitest";
import { isJournalError, parseJournalLine, type SampleRecord } from "../../../src/energy/journal.ts";
import { processIsSame } from "../../../src/energy/process-identity.node.ts";
import { readRun } from "../../../src/energy/read-run.node.ts";
import type { RunSummary } from "../../../src/energy/run.ts";
import { closeInterrupted } from "../../../src/ledger/close-run.node.ts";
import { verifyLedger } from "../../../src/ledger/verify.node.ts";
import { WATTS } from "../support/fake-powercap.ts";
import { type Started, until, untilAsync } from "../support/measured.ts";
import type { Fault, Holds } from "./fault.ts";
import type { Scene } from "./scene.ts";

export interface Aftermath {
  scene: Scene;
  run: Started;
  summary: RunSummary;
}

/** The counter's meter. */
export const COUNTER = "powercap:intel-rapl:0";
/** A jump of the counter is worth more time than one of its ticks can be late, s. */
const INVENTED = 60;
/** On a busy machine a sample can come late, which is then told: counters bridge it. */
const LATE = /^no sample for \d+ s$/;

export async function check(scene: Scene, { holds }: Fault): Promise<void> {
  const { run } = scene;
  const ended = await run.ended;
  expect(ended, run.stderr).toEqual(holds.ends ?? { code: 5, signal: null });
  if (holds.trained !== false) {
    await untilAsync(
      async () => fs.existsSync(scene.file("result.txt")) || undefined,
      "the training's result",
    );
    expect(fs.readFileSync(scene.file("result.txt"), "utf8")).toBe("trained");
  }
  if (holds.says) expect(run.stderr).toMatch(holds.says);
  if (holds.kept === false) return;
  const summary = await settled(scene);
  expect(summary.state, summary.stateReason).toBe(holds.state ?? "failed");
  checkGaps(summary, holds);
  checkEnergy(summary, sampled(scene.journals()), holds);
  await until(
    () => scene.samplers().every((pid) => !processIsSame(pid, undefined)) || undefined,
    "the end of each sampler",
  );
  await holds.also?.({ scene, run, summary });
  await checkLedger(scene, summary);
}

/** The run once none of its processes is left. */
async function settled(scene: Scene): Promise<RunSummary> {
  return untilAsync(async () => {
    const { summary } = await readRun(scene.directory);
    return summary.state === "running" ? undefined : summary;
  }, "the end of the run");
}

function checkGaps({ gaps }: RunSummary, { gaps: expected = [], mayMiss = LATE }: Holds): void {
  const reasons = gaps.map(({ reason }) => reason);
  for (const gap of expected) expect(reasons.join("\n")).toMatch(new RegExp(gap, "m"));
  const unexpected = reasons.filter(
    (reason) => ![LATE, mayMiss, ...expected].some((gap) => gap.test(reason)),
  );
  expect(unexpected).toEqual([]);
}

/** What the journals say from the first sample to the last, s. */
interface Sampled {
  seconds: number;
  /** Counted between the readings that can be right, J. */
  joules: number;
  /** CPU time of the run's processes. */
  tree: number;
  /** Between readings of the counter that can both be right. */
  known: number;
}

/** In their order in time. Half a line, as one that is still being written, is none. */
export function samplesIn(journals: string): SampleRecord[] {
  return journals
    .split("\n")
    .flatMap((line) => {
      const record = line.includes('"type":"sample"') ? parseJournalLine(line) : undefined;
      return record && !isJournalError(record) && record.type === "sample" ? [record] : [];
    })
    .sort((a, b) => a.mono - b.mono);
}

export function sampled(journals: string): Sampled {
  const samples = samplesIn(journals);
  const rise = (of: (sample: SampleRecord) => number) =>
    Math.max(...samples.map(of)) - Math.min(...samples.map(of));
  const readings = samples.filter(({ r }) => r[COUNTER] !== null && r[COUNTER] !== undefined);
  const pairs = readings.slice(1).map((later, at) => [readings[at]!, later] as const);
  const joules = ([earlier, later]: readonly [SampleRecord, SampleRecord]) =>
    (later.r[COUNTER]! - earlier.r[COUNTER]!) * 1e-6;
  const known = pairs.filter((pair) => {
    const counted = joules(pair) / WATTS;
    return counted >= 0 && counted < pair[1].mono - pair[0].mono + INVENTED;
  });
  return {
    seconds: rise(({ mono }) => mono),
    joules: known.reduce((sum, pair) => sum + joules(pair), 0),
    tree: rise(({ cpu }) => cpu!.tree!),
    known: known.reduce((sum, [earlier, later]) => sum + later.mono - earlier.mono, 0),
  };
}

/** No energy is invented, none that was read is lost, and the run has at most the machine's. */
function checkEnergy(
  summary: RunSummary,
  { seconds, joules, tree, known }: Sampled,
  { partly = false }: Holds,
): void {
  const cpu = summary.meters.find(({ meter }) => meter.component === "cpu")!;
  expect(cpu.machine.value).toBeCloseTo(joules, 6);
  // A training of a few moments on a busy machine may not have used a tick of them.
  if (tree > 0) expect(cpu.run.value).toBeGreaterThan(0);
  expect(cpu.run.value).toBeLessThanOrEqual(cpu.machine.value * (1 + 1e-9));
  expect(cpu.seconds).toBeCloseTo(known, 6);
  if (partly) expect(known).toBeLessThan(seconds);
  else expect(known).toBeCloseTo(seconds, 6);
  expect(seconds).toBeLessThanOrEqual(summary.duration);
  expect(summary.notices.filter((notice) => notice.includes("could not be read"))).toEqual([]);
}

/** One entry of the run, by its runner or, where that was killed, by who comes next. */
async function checkLedger(scene: Scene, summary: RunSummary): Promise<void> {
  const fairwatt = scene.file(".fairwatt");
  await closeInterrupted([fairwatt]);
  const { entries, problems } = await verifyLedger(fairwatt);
  expect(problems).toEqual([]);
  expect(entries, summary.id).toBe(1);
}
