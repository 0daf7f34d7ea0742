import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accountEpochs, metricNames } from "../../../src/energy/epochs.ts";
import { RunFold } from "../../../src/energy/fold.ts";
import type { JournalRecord } from "../../../src/energy/journal.ts";
import type { Mark, RunSummary } from "../../../src/energy/run.ts";
import { packageMeter, START, sampleAt, startRecords, WALL } from "./records.ts";

const energy: RunSummary["energy"] = {
  value: 1_000,
  unit: "J",
  method: "measured",
  instrument: "RAPL package",
  covers: ["CPU"],
  low: 970,
  high: 1_030,
  basis: "",
};
const account = (marks: Mark[], gaps: RunSummary["gaps"] = []) =>
  accountEpochs({ marks, gaps, energy, duration: 100 });
const epoch = (index: number, at: number, joules: number, more: Partial<Mark> = {}): Mark => ({
  at,
  kind: "epoch",
  index,
  energy: joules,
  ...more,
});
const phase = (name: string, at: number, joules: number, source?: string): Mark => ({
  at,
  kind: "phase",
  name,
  energy: joules,
  ...(source !== undefined && { source }),
});
const told = ({ epochs }: ReturnType<typeof account>) =>
  epochs.map((each) => [each.training, each.index, each.energy.value]);

describe("epochs", () => {
  it("begin at the mark before; what lies outside of them is told", () => {
    const { epochs, outside, done, total } = account([
      phase("train", 10, 100),
      epoch(1, 30, 300, { total: 4, metrics: { loss: 1 } }),
      phase("evaluate", 30, 300),
      phase("train", 40, 350),
      epoch(2, 60, 600, { total: 4, samples: 50, metrics: { loss: 0.5 } }),
      { at: 61, kind: "metric", index: 2, metrics: { val_loss: 0.6 } },
    ]);
    expect(epochs).toMatchObject([
      { index: 1, from: 10, to: 30, until: 300, energy: { value: 200, low: 194, high: 206 }, recorded: true },
      {
        index: 2,
        from: 40,
        to: 60,
        energy: { value: 250 },
        samples: 50,
        metrics: { loss: 0.5, val_loss: 0.6 },
      },
    ]);
    expect(outside.value).toBe(550);
    expect({ done, total }).toEqual({ done: 2, total: 4 });
    expect(metricNames(epochs)).toEqual(["loss", "val_loss"]);
  });

  it("that were told together stand for several", () => {
    const { epochs } = account([epoch(1, 10, 100, { samples: 5 }), epoch(5, 20, 200, { samples: 5 })]);
    expect(epochs).toMatchObject([
      { index: 1, count: 1, samples: 5 },
      { index: 5, count: 4, samples: 20 },
    ]);
  });

  it("of several trainings are kept apart, by the hooks' phases or by an index that begins anew", () => {
    const hooks = [
      phase("train", 0, 0, "keras"),
      epoch(1, 10, 100, { source: "keras" }),
      phase("after training", 10, 100, "keras"),
      phase("train", 20, 200, "keras"),
      epoch(1, 30, 300, { source: "keras" }),
      epoch(2, 40, 400, { source: "keras" }),
    ];
    expect(told(account(hooks))).toEqual([
      [1, 1, 100],
      [2, 1, 100],
      [2, 2, 100],
    ]);
    const own = [epoch(0, 10, 100), epoch(1, 20, 200), epoch(0, 30, 300)];
    expect(told(account(own)).map(([training]) => training)).toEqual([1, 1, 2]);
    expect(account(own.slice(0, 2)).done).toBe(2);
  });

  it("that several ranks mark count once", () => {
    const ranks = [epoch(1, 10, 100), epoch(1, 11, 110), epoch(2, 20, 200), epoch(2, 21, 210)];
    expect(told(account(ranks))).toEqual([
      [1, 1, 100],
      [1, 2, 100],
    ]);
  });

  it("that were resumed count from where they began", () => {
    const { epochs, done } = account([epoch(31, 10, 100, { total: 40 }), epoch(32, 20, 200, { total: 40 })]);
    expect(epochs.map(({ count }) => count)).toEqual([1, 1]);
    expect(done).toBe(32);
  });

  it("that the command marks itself count alone", () => {
    const marks = [
      phase("SGDClassifier", 1, 10, "sklearn"),
      epoch(1, 2, 20, { source: "sklearn" }),
      epoch(1, 10, 100),
      epoch(2, 20, 200),
    ];
    expect(told(account(marks))).toEqual([
      [1, 1, 100],
      [1, 2, 100],
    ]);
  });

  it("whose samples are still to come wait, and mean power stands for marks without energy", () => {
    const { energy: _, ...unread } = epoch(2, 99, 0);
    expect(told(account([epoch(1, 10, 100), unread]))).toEqual([[1, 1, 100]]);
    expect(account([unread]).epochs).toMatchObject([{ recorded: false, energy: { value: 990 } }]);
    expect(account([])).toMatchObject({ epochs: [], done: 0, total: null, outside: { value: 1_000 } });
  });

  it("say which hold a gap", () => {
    const gaps = [
      { from: 12, to: 14, reason: "sampler" },
      { from: 0, to: 100, meter: "GPU 0", reason: "unreadable" },
    ];
    expect(account([epoch(1, 10, 100), epoch(2, 20, 200)], gaps).epochs.map(({ hasGap }) => hasGap)).toEqual([
      false,
      true,
    ]);
  });
});

/** A run of `watts.length` seconds with marks at the given times. */
function folded(watts: readonly number[], marks: readonly number[], ended: boolean): RunSummary {
  const fold = new RunFold();
  const { runner, sampler } = startRecords([packageMeter]);
  fold.push(runner, "h.10.jsonl");
  fold.push(sampler, "h.11.jsonl");
  let microjoules = 5e6;
  fold.push(sampleAt(0, { [packageMeter.id]: microjoules }), "h.11.jsonl");
  for (const [second, each] of watts.entries()) {
    microjoules += each * 1e6;
    fold.push(sampleAt(second + 1, { [packageMeter.id]: microjoules }), "h.11.jsonl");
  }
  const last = marks.at(-1);
  for (const [order, at] of marks.entries()) {
    const record = { type: "mark", t: WALL + at, mono: START + at, kind: "epoch", index: order + 1 } as const;
    fold.push(record, "marks.jsonl");
  }
  const at = Math.max(watts.length, last ?? 0) + 0.5;
  const end = { type: "end", role: "runner", t: WALL + at, mono: START + at, exitCode: 0 } as JournalRecord;
  if (ended) fold.push(end, "h.10.jsonl");
  return fold.summary({ alive: !ended });
}

describe("of any run, ended or not,", () => {
  const watts = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 60 });
  const times = fc
    .array(fc.float({ min: 0, max: 61, noNaN: true }), { maxLength: 30 })
    .map((all) => [...all].sort((a, b) => a - b));

  it("the energy of the epochs and what lies outside of them is the run's", () => {
    fc.assert(
      fc.property(watts, times, fc.boolean(), (power, marks, ended) => {
        const run = folded(power, marks, ended);
        const { epochs, outside } = accountEpochs(run);
        const sum = epochs.reduce((total, { energy: each }) => total + each.value, 0);
        expect(sum + outside.value).toBeCloseTo(run.energy.value, 9);
        expect(outside.value).toBeGreaterThan(-1e-6);
        if (ended) expect(epochs.length).toBe(marks.length);
        for (const each of epochs) expect(each.energy.value).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 200 },
    );
  });

  it("epochs from its start to its end leave nothing outside", () => {
    fc.assert(
      fc.property(watts, times, (power, marks) => {
        const run = folded(power, [...marks.filter((at) => at < power.length), power.length + 0.2], true);
        const { epochs, outside } = accountEpochs(run);
        expect(outside.value).toBeCloseTo(0, 6);
        expect(epochs.at(-1)?.until).toBeCloseTo(run.energy.value, 6);
      }),
      { numRuns: 100 },
    );
  });
});
