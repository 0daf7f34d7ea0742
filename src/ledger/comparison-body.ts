/** What the ledger keeps of comparisons of two tables. Pure. */

import type { Drift } from "../fairness/causes/drift.ts";
import type { Gate, GateSettings } from "../fairness/causes/gate.ts";
import type { MeasureName } from "../fairness/metrics/measures.ts";
import type { Interval } from "../fairness/statistics/interval.ts";
import type { Roles } from "../fairness/table/roles.ts";
import type { BinaryTable } from "../fairness/table/scored-table.ts";
import type { ChallengeBody } from "./entries/challenge.ts";
import type { Change, ComparedTable } from "./entries/compared-table.ts";
import type { DriftBody } from "./entries/drift.ts";

/** Checks that an entry holds; a table may have thousands of groups. */
const MAX_CHECKS = 1000;

interface Sides {
  before: ComparedTable;
  after: ComparedTable;
  author?: string;
  /** Version of Fairwatt that writes the entry. */
  fairwatt: string;
}

export function comparedTableFrom(
  { file, run, sha256, bytes }: Pick<ComparedTable, "file" | "run" | "sha256" | "bytes">,
  { rows, positive }: BinaryTable,
  { label, prediction, score, threshold, sensitive }: Roles,
): ComparedTable {
  return {
    file,
    ...(run !== undefined && { run }),
    sha256,
    bytes,
    rows,
    columns: {
      label,
      ...(prediction !== undefined && { prediction }),
      ...(score !== undefined && { score }),
      ...(threshold !== undefined && { threshold }),
      sensitive: [...sensitive],
    },
    positive,
  };
}

export interface DriftFinding {
  drifts: readonly Drift[];
  verdictOf(attribute: string, measure: MeasureName): DriftBody["gaps"][number]["verdict"];
  settings: DriftBody["settings"];
  failed: boolean;
}

export function driftBodyFrom(
  { drifts, verdictOf, settings, failed }: DriftFinding,
  sides: Sides,
): DriftBody {
  return {
    ...sides,
    settings,
    gaps: drifts.flatMap(({ attribute, measures }) =>
      measures.map(({ measure, before, after, interval }) => {
        const verdict = verdictOf(attribute, measure);
        return {
          by: attribute,
          measure,
          before,
          after,
          change: recorded(before === null || after === null ? null : after - before, interval),
          ...(verdict !== undefined && { verdict }),
        };
      }),
    ),
    failed,
  };
}

export interface ChallengeFinding {
  gates: readonly Gate[];
  settings: GateSettings;
  key?: string;
  /** Checks of groups of fewer rows are not listed. */
  below: number;
  passes: boolean;
}

export function challengeBodyFrom(
  { gates, settings, key, below, passes }: ChallengeFinding,
  sides: Sides,
): ChallengeBody {
  const { margin, replicates, seed, level, limits } = settings;
  const all = gates.flatMap(({ attribute, checks }) => checks.map((check) => ({ by: attribute, ...check })));
  const listed = all.filter(({ group }) => !group || group.rows >= below).slice(0, MAX_CHECKS);
  const { before, after, test } = gates[0]!.accuracy;
  return {
    ...sides,
    ...(key !== undefined && { key }),
    settings: { margin, replicates, seed, level, limits },
    accuracy: { before, after, p: test.p, test: test.method },
    checks: listed.map(({ by, what, value, interval, verdict }) => ({
      by,
      what,
      change: recorded(value, interval),
      verdict,
    })),
    unlisted: all.length - listed.length,
    passes,
  };
}

const recorded = (value: number | null, interval: Interval | null): Change => ({
  value,
  low: interval?.low ?? null,
  high: interval?.high ?? null,
  method: interval?.method ?? "no range",
});
