/** Error of the energy that is folded from counters with a known truth, ours and that of CodeCarbon's RAPL reader. */

import { execFileSync } from "node:child_process";
import * as path from "node:path";
import { RunFold } from "../../src/energy/fold.ts";
import { packageMeter, START, startRecords, WALL } from "../unit/energy/records.ts";
import { codecarbon } from "./peer/codecarbon.ts";
import { type Bench, median, type Row } from "./row.ts";
import { makeTrace, type Trace, type TraceOptions, WRAPS_AT } from "./traces.ts";

const GROUP = "Error of replayed energy counters";
const SECONDS = 4 * 3600;
const SEEDS = [1, 2, 3, 4, 5];
/** Relative to the truth. */
const GOAL = 1e-4;

const unreadable = { part: 0.02, stretches: 5 };
const KINDS: [name: string, options: Omit<TraceOptions, "seed" | "seconds">][] = [
  ["wraps", {}],
  ["wraps, unreadable samples", { unreadable }],
  ["wraps, stretches without samples", { late: 5 }],
  ["wraps, restarted counter", { restarts: 2 }],
  ["all of these", { unreadable, late: 5, restarts: 2 }],
];

export const bench: Bench = async ({ root, say }) => {
  const rows: Row[] = [];
  for (const [name, options] of KINDS) {
    say(`energy error: ${name}, ${SEEDS.length} traces of ${SECONDS / 3600} h`);
    const traces = SEEDS.map((seed) => makeTrace({ ...options, seed, seconds: SECONDS }));
    const ours = traces.map(folded);
    const theirs = replayed(root, traces);
    const errors = (joules: number[], part: (trace: Trace) => number) =>
      joules.map((value, i) => Math.abs(value - part(traces[i]!)) / part(traces[i]!));
    const whole = errors(ours, (trace) => trace.truth);
    rows.push({
      group: GROUP,
      what: options.restarts ? `${name}: of all that was used` : name,
      ours: percent(whole),
      peer: percent(errors(theirs, (trace) => trace.truth)),
      ...(options.restarts ? {} : verdict(whole)),
    });
    if (!options.restarts) continue;
    const covered = errors(ours, (trace) => trace.truth - trace.lost);
    rows.push({
      group: GROUP,
      what: `${name}: of the time that the run says it covers`,
      ours: percent(covered),
      ...verdict(covered),
    });
  }
  return rows;
};

const verdict = (errors: number[]) => ({ goal: "at most 0.01 %", met: Math.max(...errors) <= GOAL });

/** Median and worst. */
function percent(errors: readonly number[]): string {
  const text = (part: number) => (part < 1e-8 ? "0" : (part * 100).toPrecision(2));
  return `${text(median(errors))} % (worst ${text(Math.max(...errors))} %)`;
}

function folded({ steps }: Trace): number {
  const fold = new RunFold();
  const { runner, sampler } = startRecords([{ ...packageMeter, wrapsAt: WRAPS_AT }]);
  fold.push(runner, "h.10.jsonl");
  fold.push(sampler, "h.11.jsonl");
  for (const { at, raw } of steps) {
    fold.push(
      { type: "sample", t: WALL + at, mono: START + at, r: { [packageMeter.id]: raw } },
      "h.11.jsonl",
    );
  }
  return fold.summary({ alive: true }).energy.value;
}

function replayed(root: string, traces: readonly Trace[]): number[] {
  const script = path.join(root, "test", "bench", "peer", "codecarbon_rapl.py");
  const input = traces.map(({ steps }) => JSON.stringify({ wrapsAt: WRAPS_AT, steps })).join("\n");
  const output = execFileSync(codecarbon(root).python, [script], {
    input,
    encoding: "utf8",
    maxBuffer: 1e8,
    stdio: ["pipe", "pipe", "ignore"],
  });
  return output
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as number);
}
