/** The whole run from its first epochs: a steady training whose first epoch also loads and compiles. */

import { execFileSync } from "node:child_process";
import { RunFold } from "../../../src/energy/fold.ts";
import { forecastRun } from "../../../src/energy/forecast.ts";
import type { MarkRecord } from "../../../src/energy/journal.ts";
import { packageMeter, START, sampleAt, startRecords, WALL } from "../../unit/energy/records.ts";
import { NAMES, programOf } from "../peer/pypi.ts";
import type { Context, Row } from "../row.ts";
import { random } from "../traces.ts";

const GROUP = "Forecast of a steady run of 20 epochs, the first of which takes 1.8 times as long";
const EPOCHS = 20;
const WATTS = 200;
const SECONDS = 60;
/** A fifth of the epochs. */
const AFTER = 4;

export function forecastRows({ root, say }: Context): Row[] {
  say("energy error: forecasts");
  const next = random(7);
  const lengths = Array.from({ length: EPOCHS }, (_, epoch) =>
    Math.round(SECONDS * (epoch === 0 ? 1.8 : 0.98 + 0.04 * next())),
  );
  const joules = lengths.map((seconds) => seconds * WATTS);
  const truth = joules.reduce((sum, each) => sum + each);
  const off = (value: number) => `${(100 * (value / truth - 1)).toFixed(1)} %`;
  const theirs = (count: number) => predicted(root, joules.slice(0, count));
  const ours = forecast(lengths.slice(0, AFTER));
  return [
    {
      group: GROUP,
      what: "after the first epoch",
      ours: "none yet",
      peer: `${off(theirs(1))}, ${NAMES.carbontracker} (its default)`,
    },
    {
      group: GROUP,
      what: `after ${AFTER} epochs`,
      ours: off(ours),
      peer: `${off(theirs(AFTER))}, ${NAMES.carbontracker}`,
      goal: "within 10 %",
      met: Math.abs(ours / truth - 1) <= 0.1,
    },
  ];
}

/** Joules of the whole run by our forecast. */
function forecast(lengths: readonly number[]): number {
  const fold = new RunFold();
  const { runner, sampler } = startRecords([packageMeter], { attribution: "machine" });
  fold.push(runner, "r");
  fold.push(sampler, "s");
  const ends = lengths.map((_, i) => lengths.slice(0, i + 1).reduce((a, b) => a + b));
  const last = ends.at(-1)!;
  for (let at = 0; at <= last; at++) fold.push(sampleAt(at, { [packageMeter.id]: at * WATTS * 1e6 }), "s");
  ends.forEach((at, i) => {
    const mark: MarkRecord = {
      type: "mark",
      t: WALL + at,
      mono: START + at,
      kind: "epoch",
      index: i + 1,
      total: EPOCHS,
    };
    fold.push(mark, "marks.jsonl");
  });
  const found = forecastRun(fold.summary({ alive: true }));
  if (typeof found === "string") throw new Error(`no forecast: ${found}`);
  return found.energy.value;
}

function predicted(root: string, joules: readonly number[]): number {
  const script =
    "import json, sys; from carbontracker.predictor import predict_energy; e, n = json.load(sys.stdin); print(predict_energy(n, e))";
  const output = execFileSync(programOf(root, "carbontracker"), ["-c", script], {
    input: JSON.stringify([joules, EPOCHS]),
    encoding: "utf8",
  });
  return Number(output);
}
