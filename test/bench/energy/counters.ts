/** The processor's energy counter over hours, with what goes wrong in practice: error of every tool that reads it. */

import { RunFold } from "../../../src/energy/fold.ts";
import { packageMeter, START, startRecords, WALL } from "../../unit/energy/records.ts";
import { NAMES, type Tool } from "../peer/pypi.ts";
import type { Context, Row } from "../row.ts";
import { makeTrace, type Step, type TraceOptions, WRAPS_AT } from "../traces.ts";
import { errorsOf, peerCell, percent, type Replayed, replay } from "./replayed.ts";

const GROUP = "Error of replayed energy counters";
const SECONDS = 2 * 3600;
const SEEDS = [1, 2, 3];
/** Relative to the truth. */
const GOAL = 1e-4;
/** Eco2AI reads no energy counter of the processor. */
const READERS: readonly Tool[] = ["codecarbon", "zeus", "carbontracker"];

const unreadable = { part: 0.02, stretches: 5 };
const KINDS: [name: string, options: Omit<TraceOptions, "seed" | "seconds">][] = [
  ["wraps", {}],
  ["wraps, unreadable samples", { unreadable }],
  ["wraps, stretches without samples", { late: 5 }],
  ["wraps, restarted counter", { restarts: 2 }],
  ["all of these", { unreadable, late: 5, restarts: 2 }],
];

export function counterRows({ root, say }: Context): Row[] {
  say(`energy error: ${KINDS.length * SEEDS.length} traces of ${SECONDS / 3600} h by ${READERS.join(", ")}`);
  const made = KINDS.map(([name, options]) => ({
    name,
    options,
    traces: SEEDS.map((seed) => makeTrace({ ...options, seed, seconds: SECONDS })),
  }));
  const all = made.flatMap(({ traces }) => traces);
  const theirs = replayedByAll(
    root,
    all.map(({ steps }) => steps),
  );
  const rows = made.flatMap(({ name, options, traces }, kind): Row[] => {
    const ours = traces.map(({ steps }) => folded(steps));
    const truths = traces.map(({ truth }) => truth);
    const whole = errorsOf(ours, truths);
    const of = ({ results }: { results: Replayed[] }) =>
      results.slice(kind * SEEDS.length, (kind + 1) * SEEDS.length);
    const covered = errorsOf(
      ours,
      traces.map(({ truth, lost }) => truth - lost),
    );
    return [
      ...theirs.map((peer, index) => ({
        group: GROUP,
        what: options.restarts ? `${name}: of all that was used` : name,
        ours: percent(whole),
        peer: peerCell(peer.tool, of(peer), truths),
        ...(options.restarts || index > 0 ? {} : verdict(whole)),
      })),
      ...(options.restarts
        ? [
            {
              group: GROUP,
              what: `${name}: of the time that the run says it covers`,
              ours: percent(covered),
              ...verdict(covered),
            },
          ]
        : []),
    ];
  });
  return [...rows, ...momentRows(root)];
}

/** Short runs in which one reading goes wrong. */
const MOMENTS: [name: string, truth: number, steps: Step[]][] = [
  [
    "one unreadable sample in a run of 750 J",
    750,
    Array.from({ length: 16 }, (_, at) => ({ at, raw: at === 7 ? null : 62_000e6 + at * 50e6 })),
  ],
  [
    "the counter restarts in a run of 5 J",
    5,
    [200_000e6, 200_002.5e6, 1e6, 3.5e6].map((raw, at) => ({ at, raw })),
  ],
  [
    "the counter wraps in a run of 150 J",
    150,
    [-50e6, -1, 50e6, 100e6].map((raw, at) => ({ at, raw: wrap(raw) })),
  ],
];

function momentRows(root: string): Row[] {
  const peers = replayedByAll(
    root,
    MOMENTS.map(([, , steps]) => steps),
  );
  return MOMENTS.flatMap(([name, truth, steps], moment) => {
    const ours = folded(steps);
    return peers.map(({ tool, results }, index): Row => {
      const { joules, stopped } = results[moment]!;
      return {
        group: GROUP,
        what: name,
        ours: inJoules(ours),
        peer: `${joules === null ? "no figure" : inJoules(joules)}, ${NAMES[tool]}${stopped ? `; ${stopped}` : ""}`,
        ...(index === 0 ? { goal: inJoules(truth), met: Math.abs(ours - truth) <= GOAL * truth } : {}),
      };
    });
  });
}

const inJoules = (value: number) => `${Math.round(value).toLocaleString("en")} J`;
const verdict = (errors: number[]) => ({ goal: "at most 0.01 %", met: Math.max(...errors) <= GOAL });

function wrap(raw: number): number {
  return raw < 0 ? raw + WRAPS_AT : raw;
}

function replayedByAll(root: string, traces: readonly Step[][]) {
  const lines = traces.map((steps) => ({ wrapsAt: WRAPS_AT, steps }));
  return READERS.map((tool) => ({ tool, results: replay(root, "counter_replay.py", tool, lines) }));
}

/** Joules that we count. */
export function folded(steps: readonly Step[]): number {
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
