/** CPU time that is seen a little later than the machine's: of a process just found, or of many that are looked at in turns. */

import { expect, test } from "vitest";
import { RunFold } from "../../../src/energy/fold.ts";
import { packageMeter, sampleAt, startRecords } from "./records.ts";

/** Joules of a run at 60 W with one processor busy all the time; `tree`: CPU seconds seen by each tenth of a second. */
function joules(tree: readonly number[]): number {
  const run = new RunFold();
  const { runner, sampler } = startRecords([packageMeter]);
  run.push(runner, "r");
  run.push(sampler, "s");
  [0, ...tree].forEach((seen, i) => {
    const cpu = { busy: i / 10, tree: seen };
    run.push(sampleAt(i / 10, { [packageMeter.id]: i * 6e6 }, { cpu }), "s");
  });
  return run.summary({ alive: false }).energy.value;
}

const cumulative = (steps: readonly number[]) =>
  steps.map((_, i) => steps.slice(0, i + 1).reduce((a, b) => a + b));

test("time that is seen four at a time is charged in full, in the steps that follow", () => {
  const steps = Array.from({ length: 40 }, (_, i) => (i % 4 === 3 ? 0.4 : 0));
  expect(joules(cumulative(steps))).toBeCloseTo(37 * 6);
});

test("what was used long before it was seen is not charged to what others use now", () => {
  expect(joules(cumulative([0, 50, ...Array(20).fill(0)]))).toBeCloseTo(11 * 6);
});
