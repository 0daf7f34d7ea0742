import { describe, expect, it } from "vitest";
import { RunFold } from "../../../src/energy/fold.ts";
import { runBody } from "../../../src/ledger/entries/run.ts";
import { runBodyFrom } from "../../../src/ledger/run-body.ts";
import { packageMeter, START, sampleAt, startRecords, WALL } from "../energy/records.ts";

const evidence = { cwd: ".", artefacts: [], journals: {}, notices: ["one"], fairwatt: "0.1.0" };
const grid = {
  zone: "FR",
  name: "France",
  gramsPerKwh: 44.18,
  low: 38.9,
  high: 56.039,
  year: 2024,
  source: "Ember",
  chosenBy: "--zone",
};

function summaryOf(samples: number, ended = true) {
  const fold = new RunFold();
  const { runner, sampler } = startRecords([packageMeter]);
  if (runner.type !== "start" || runner.role !== "runner") throw new Error("not the runner's start");
  fold.push({ ...runner, grid }, "h.10.jsonl");
  if (samples > 0) fold.push(sampler, "h.11.jsonl");
  for (let at = 0; at < samples; at++)
    fold.push(sampleAt(at, { [packageMeter.id]: at * 50e6 }), "h.11.jsonl");
  if (ended) {
    fold.push(
      { type: "end", role: "runner", t: WALL + 9, mono: START + 9, exitCode: 3, signal: null },
      "h.10.jsonl",
    );
  }
  return fold.summary({ alive: !ended });
}

describe("runBodyFrom", () => {
  it("is a run entry's body with energy and footprint", () => {
    const body = runBodyFrom(summaryOf(10), evidence);
    expect(runBody.safeParse(body).success).toBe(true);
    expect(body).toMatchObject({
      run: "01RUN",
      state: "failed",
      exitCode: 3,
      durationSeconds: 9,
      notices: ["one"],
    });
    expect(body.startedAt).toBe(new Date(WALL * 1000).toISOString());
    expect(body.footprint!.value).toBeCloseTo((body.energy.value / 3.6e6) * 44.18, 12);
    expect(body.meters.map(({ id }) => id)).toEqual([packageMeter.id]);
  });

  it("keeps a secret of the command line out, and says so", () => {
    const summary = { ...summaryOf(3), argv: ["python", "train.py", "--api-key", "abc"] };
    const body = runBodyFrom(summary, evidence);
    expect(JSON.stringify(body)).not.toContain("abc");
    expect(body.argv).toEqual(["python", "train.py", "--api-key", "***"]);
    expect(body.notices).toContainEqual(expect.stringMatching(/looked like a secret/));
  });

  it("has no footprint where nothing was metered", () => {
    const body = runBodyFrom(summaryOf(0), evidence);
    expect(body.meters).toEqual([]);
    expect(body.footprint).toBeUndefined();
  });

  it("refuses a run that is still going on", () => {
    expect(() => runBodyFrom(summaryOf(3, false), evidence)).toThrow(/still going on/);
  });
});
