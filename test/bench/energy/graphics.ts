/** A GPU that is played to NVML: error of every tool, with an energy counter and without. */

import { RunFold } from "../../../src/energy/fold.ts";
import { gpuMeter, gpuPowerMeter, sampleAt, startRecords } from "../../unit/energy/records.ts";
import { TOOLS } from "../peer/pypi.ts";
import type { Context, Row } from "../row.ts";
import { random } from "../traces.ts";
import { errorsOf, peerCell, percent, replay } from "./replayed.ts";

const GROUP = "Error of a replayed GPU, read once a second";
const SECONDS = 1800;
/** Power changes this often, s. */
const EVERY = 0.1;
const SEEDS = [1, 2, 3];
const PER_SECOND = Math.round(1 / EVERY);

type Watts = (seed: number) => number[];

const KINDS: [name: string, watts: Watts][] = [
  ["power that drifts", (seed) => walk(seed)],
  ["spikes of 100 ms, from 80 W to 400 W, each 0.7 to 1.7 s", (seed) => spikes(seed)],
];

interface Played {
  every: number;
  watts: number[];
  counter: boolean;
}

export function graphicsRows({ root, say }: Context): Row[] {
  say(`energy error: GPUs of ${SECONDS / 60} min by ${TOOLS.join(", ")}`);
  const made = KINDS.flatMap(([name, watts]) =>
    [true, false].map((counter) => ({
      what: `${name}; ${counter ? "energy counter" : "no energy counter"}`,
      counter,
      traces: SEEDS.map((seed): Played => ({ every: EVERY, watts: watts(seed), counter })),
    })),
  );
  const all = made.flatMap(({ traces }) => traces);
  const theirs = TOOLS.map((tool) => ({ tool, results: replay(root, "gpu_replay.py", tool, all) }));
  return made.flatMap(({ what, counter, traces }, kind) => {
    const truths = traces.map(({ watts }) => watts.reduce((sum, each) => sum + each * EVERY, 0));
    const ours = errorsOf(traces.map(folded), truths);
    return theirs.map(({ tool, results }, index): Row => {
      const own = results.slice(kind * SEEDS.length, (kind + 1) * SEEDS.length);
      const goal = counter && index === 0;
      return {
        group: GROUP,
        what,
        ours: percent(ours),
        peer: peerCell(tool, own, truths),
        ...(goal ? { goal: "at most 0.01 %", met: Math.max(...ours) <= 1e-4 } : {}),
      };
    });
  });
}

function walk(seed: number): number[] {
  const next = random(seed);
  let watts = 200;
  return Array.from({ length: SECONDS * PER_SECOND }, () => {
    watts = Math.min(400, Math.max(60, watts + (next() - 0.5) * 30));
    return Math.round(watts);
  });
}

function spikes(seed: number): number[] {
  const next = random(seed);
  const watts = Array<number>(SECONDS * PER_SECOND).fill(80);
  for (let at = 0; at < watts.length; at += 7 + Math.floor(next() * 10)) watts[at] = 400;
  return watts;
}

/** Joules that we count: of the counter where there is one, else of power. */
function folded({ watts, counter }: Played): number {
  const fold = new RunFold();
  const meters = counter ? [gpuMeter, gpuPowerMeter] : [{ ...gpuPowerMeter, counted: true }];
  const { runner, sampler } = startRecords(meters, { attribution: "machine" });
  fold.push(runner, "r");
  fold.push(sampler, "s");
  let joules = 0;
  for (let step = 0; step <= watts.length; step++) {
    if (step % PER_SECOND === 0) {
      const now = watts[Math.min(step, watts.length - 1)]!;
      const reading = { [gpuPowerMeter.id]: now * 1000 };
      const energy = counter ? { [gpuMeter.id]: Math.round(joules * 1000) } : {};
      fold.push(sampleAt(step * EVERY, { ...energy, ...reading }), "s");
    }
    joules += (watts[step] ?? 0) * EVERY;
  }
  return fold.summary({ alive: true }).energy.value;
}
