import { describe, expect, it } from "vitest";
import { cellExecutions } from "../../../src/energy/cell-energy.ts";
import { RunFold } from "../../../src/energy/fold.ts";
import type { MarkRecord } from "../../../src/energy/journal.ts";
import type { RunSummary } from "../../../src/energy/run.ts";
import { packageMeter, START, sampleAt, startRecords, WALL } from "./records.ts";

/** 10 W for ten seconds, with these marks; cell, edge, seconds. */
function runWith(
  marks: [string, "start" | "end", number][],
  options: { alive?: boolean; until?: number } = {},
): RunSummary {
  const fold = new RunFold();
  const { runner, sampler } = startRecords([packageMeter]);
  fold.push(runner, "h.10.jsonl");
  fold.push(sampler, "h.11.jsonl");
  for (let at = 0; at <= (options.until ?? 10); at++) {
    fold.push(sampleAt(at, { [packageMeter.id]: at * 10e6 }), "h.11.jsonl");
  }
  for (const [cell, edge, at] of marks) {
    const mark: MarkRecord = {
      type: "mark",
      t: WALL + at,
      mono: START + at,
      kind: "cell",
      cell,
      edge,
      index: 1,
    };
    fold.push(mark, "marks.jsonl");
  }
  return fold.summary({ alive: options.alive ?? true });
}
const joules = (run: RunSummary) =>
  cellExecutions(run).map(({ cell, energy }) => [cell, energy && Math.round(energy.value)]);

describe("energy of cells", () => {
  it("is what lies between start and end", () => {
    const run = runWith([
      ["a", "start", 1],
      ["a", "end", 4],
      ["b", "start", 5],
      ["b", "end", 5.5],
    ]);
    expect(joules(run)).toEqual([
      ["a", 30],
      ["b", 5],
    ]);
    const [first] = cellExecutions(run);
    expect(first).toMatchObject({ from: 1, to: 4 });
    expect(first!.energy!.low).toBeCloseTo(30 * 0.97, 6);
    expect(first!.energy!.method).toBe("measured");
  });

  it("rises while a cell is executed, and ends with the run where nobody told the end", () => {
    expect(joules(runWith([["a", "start", 4]]))).toEqual([["a", 60]]);
    const [open] = cellExecutions(runWith([["a", "start", 4]]));
    expect(open!.to).toBeNull();
    const [closed] = cellExecutions(runWith([["a", "start", 4]], { alive: false }));
    expect(closed!.to).toBe(10);
    expect(closed!.energy!.value).toBeCloseTo(60, 6);
  });

  it("of a cell that is executed again is another one; cells may overlap", () => {
    const run = runWith([
      ["a", "start", 1],
      ["b", "start", 2],
      ["a", "start", 3],
      ["b", "end", 4],
      ["a", "end", 5],
      ["c", "end", 6],
    ]);
    expect(joules(run)).toEqual([
      ["a", 20],
      ["b", 20],
      ["a", 20],
    ]);
  });

  it("is not known where it ended before the first sample: that is no zero", () => {
    expect(
      joules(
        runWith([
          ["a", "start", -2],
          ["a", "end", -1],
        ]),
      ),
    ).toEqual([["a", null]]);
  });

  it("is not known where the samples do not reach", () => {
    const run = runWith(
      [
        ["a", "start", 1],
        ["a", "end", 8],
      ],
      { until: 5 },
    );
    expect(joules(run)).toEqual([["a", null]]);
  });
});
