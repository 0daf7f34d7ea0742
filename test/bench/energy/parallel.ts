/** Two trainings at once on one machine: what each tool says of both, together, against what the machine used. */

import { RunFold } from "../../../src/energy/fold.ts";
import { packageMeter, sampleAt, startRecords } from "../../unit/energy/records.ts";
import { NAMES, type Tool } from "../peer/pypi.ts";
import type { Context, Row } from "../row.ts";
import { makeTrace, type Step, WRAPS_AT } from "../traces.ts";
import { replay } from "./replayed.ts";

const GROUP = "Two runs at once on one machine";
/** Each has a tracker of its own in every one of these, as their documentation shows. */
const READERS: readonly Tool[] = ["codecarbon", "zeus", "carbontracker"];
/** CPU seconds per second: of either run, and of others on the machine. */
const USE = { first: 3, second: 1, others: 0.5 };

export function parallelRows({ root, say }: Context): Row[] {
  say(`energy error: two runs at once, by ${READERS.join(", ")}`);
  const { steps, truth } = makeTrace({ seed: 1, seconds: 1800 });
  const line = { wrapsAt: WRAPS_AT, steps };
  const part = (joules: number) => `${((100 * joules) / truth).toFixed(1)} %`;
  const ours = folded(steps, USE.first) + folded(steps, USE.second);
  return READERS.map((tool, index): Row => {
    const both = replay(root, "counter_replay.py", tool, [line, line]);
    const theirs = both.reduce((sum, { joules }) => sum + (joules ?? 0), 0);
    return {
      group: GROUP,
      what: "sum of both, of the machine's energy",
      ours: part(ours),
      peer: `${part(theirs)}, ${NAMES[tool]}`,
      ...(index === 0 ? { goal: "at most 101 %", met: ours <= 1.01 * truth } : {}),
    };
  });
}

function folded(steps: readonly Step[], use: number): number {
  const fold = new RunFold();
  const { runner, sampler } = startRecords([{ ...packageMeter, wrapsAt: WRAPS_AT }]);
  fold.push(runner, "r");
  fold.push(sampler, "s");
  const all = USE.first + USE.second + USE.others;
  for (const { at, raw } of steps) {
    fold.push(sampleAt(at, { [packageMeter.id]: raw }, { cpu: { busy: all * at, tree: use * at } }), "s");
  }
  return fold.summary({ alive: true }).energy.value;
}
