/** Rates of an audit's groups as its entry keeps them: only what tells no small count, beside totals that the entry has. Pure. */

import type { Audit, Estimate } from "../fairness/audit/audit.ts";
import type { MulticlassAudit } from "../fairness/audit/audit-multiclass.ts";
import type { RegressionAudit } from "../fairness/audit/audit-regression.ts";
import type { AnyAudit } from "../fairness/audit/audit-table.ts";
import { protect } from "../fairness/audit/small-cells.ts";
import { type ToldCounts, withheldGroups } from "../fairness/audit/withheld-groups.ts";
import type { RateName } from "../fairness/metrics/rates.ts";
import { errorEstimate, REGRESSION } from "./audit-quality.ts";
import type { AuditBody } from "./entries/audit.ts";

export type GroupTables = NonNullable<AuditBody["groups"]>;
type Table = GroupTables["tables"][number];
type Row = Table["groups"][number];

/** Groups that an entry holds, over all ways of grouping; the audit's own report has all. */
export const MAX_GROUPS = 100;
/** Characters of a group's name. */
const MAX_NAME = 200;

/** Rates of a group that a count of selected rows tells, and those that the outcomes tell. */
const BY_SELECTION: readonly RateName[] = ["selection_rate"];
const BY_OUTCOME: readonly RateName[] = [
  "true_positive_rate",
  "false_positive_rate",
  "precision",
  "accuracy",
];

/** One way of grouping: all its groups with what they would tell, and the rows as they may be passed on. */
interface Draft {
  by: string[];
  /** For each kind of figure, the counts of every group that it tells; the first kind goes with every group that is named. */
  told: ToldCounts[][];
  groups: { name: string; rows: number; figures: Figure[] }[];
}
interface Figure {
  measure: string;
  estimate: Estimate;
  /** Index in `told`. */
  tells: number;
  small: boolean;
}

/** `below`: 0 leaves out nothing. */
export function groupTablesOf(audit: AnyAudit, below: number): GroupTables {
  const { value, protection } = protect({ audit }, below);
  // Its numbers that were left out are null: where they are used, that is looked at.
  const drafts = draftsOf(audit, value.audit as AnyAudit, (rows) => rows > 0 && rows < below);
  let room = MAX_GROUPS;
  const tables = drafts.map((draft) => {
    const table = tableOf(draft, below, room);
    room -= table.groups.length;
    return table;
  });
  return { below, rounded: protection.rounded, tables };
}

function tableOf({ by, told, groups }: Draft, below: number, room: number): Table {
  const withheld = told.map((each) => withheldGroups(each, below, by.length > 1));
  // Combinations that nobody has are no groups.
  const isThere = (index: number) => told[0]![index]!.size > 0;
  const present = groups.map((group, index) => ({ group, index })).filter(({ index }) => isThere(index));
  // An intersection is told whole or not at all.
  if (by.length > 1 && withheld.some(({ size }) => size > 0))
    return { by, method: "no range", groups: [], withheld: present.length, beyond: 0 };
  const shown = present.filter(({ index }) => !withheld[0]!.has(index));
  const kept = shown.slice(0, room);
  const methods = new Set<string>();
  const rows = kept.map(({ group, index }): Row => {
    const rates = group.figures.map(({ measure, estimate, tells, small }): Row["rates"][number] => {
      const { value, interval, remark } = estimate;
      if (withheld[tells]!.has(index) || remark?.startsWith("left out"))
        return { measure, value: null, low: null, high: null, leftOut: true };
      if (interval) methods.add(interval.method);
      return {
        measure,
        value,
        low: interval?.low ?? null,
        high: interval?.high ?? null,
        ...(small && { small: true as const }),
      };
    });
    return { group: shortened(group.name), rows: group.rows, rates };
  });
  return {
    by,
    method: [...methods].join("; ") || "no range",
    groups: rows,
    withheld: present.length - shown.length,
    beyond: shown.length - kept.length,
  };
}

function draftsOf(audit: AnyAudit, passed: AnyAudit, isFew: (rows: number) => boolean): Draft[] {
  if (audit.task === "binary") return binaryDrafts(audit, passed as Audit, isFew);
  if (audit.task === "multiclass") return multiclassDrafts(audit, passed as MulticlassAudit, isFew);
  return regressionDrafts(audit, passed as RegressionAudit, isFew);
}

function binaryDrafts(audit: Audit, passed: Audit, isFew: (rows: number) => boolean): Draft[] {
  return audit.groupings.map(({ attributes, groups }, at) => ({
    by: attributes,
    told: [
      groups.map((group) => ({
        size: group.rows,
        counts: marginsOf(group, ["selection_rate", "precision"]),
      })),
      groups.map((group) => ({
        size: group.rows,
        counts: [
          ...Object.values(group.counts),
          ...marginsOf(group, ["selection_rate", "true_positive_rate", "false_positive_rate", "precision"]),
        ],
      })),
    ],
    groups: paired(groups, passed.groupings[at]!.groups, isFew, ({ rates }) =>
      [BY_SELECTION, BY_OUTCOME].flatMap((names, tells) =>
        names.map((measure) => {
          const rate = rates.find(({ name }) => name === measure)!;
          return { measure, estimate: rate, tells, small: rate.small !== undefined };
        }),
      ),
    ),
  }));
}

/** Rows that the rates are counted among, and the others of the group: weights have no small counts, people have. */
function marginsOf({ rates, rows }: Audit["overall"], names: readonly RateName[]): number[] {
  return names.flatMap((name) => {
    const among = rates.find((rate) => rate.name === name)!.rows;
    return [among, rows - among];
  });
}

function multiclassDrafts(
  audit: MulticlassAudit,
  passed: MulticlassAudit,
  isFew: (rows: number) => boolean,
): Draft[] {
  return audit.groupings.map(({ attributes, groups }, at) => ({
    by: attributes,
    told: [
      groups.map(({ rows, accuracy }) => {
        const right = Math.round((accuracy.value ?? 0) * rows);
        return { size: rows, counts: [rows, right, rows - right] };
      }),
    ],
    groups: paired(groups, passed.groupings[at]!.groups, isFew, ({ accuracy, small }) => [
      { measure: "accuracy", estimate: accuracy, tells: 0, small: small !== undefined },
    ]),
  }));
}

function regressionDrafts(
  audit: RegressionAudit,
  passed: RegressionAudit,
  isFew: (rows: number) => boolean,
): Draft[] {
  return audit.groupings.map(({ attributes, groups }, at) => ({
    by: attributes,
    told: [groups.map(({ rows }) => ({ size: rows, counts: [rows] }))],
    groups: paired(groups, passed.groupings[at]!.groups, isFew, (group) => {
      const small = group.small !== undefined;
      return [
        { measure: "mean_error", estimate: group.bias, tells: 0, small },
        ...REGRESSION.map(([measure, key]) => ({
          measure,
          estimate: errorEstimate(group, key, audit.settings.level),
          tells: 0,
          small,
        })),
      ];
    }),
  }));
}

/** Every group with what is passed on of it; of those that are not passed on, which are all withheld, nothing. */
function paired<T extends { name: string; rows: number }>(
  groups: readonly T[],
  passed: readonly T[],
  isFew: (rows: number) => boolean,
  figures: (group: T) => Figure[],
): Draft["groups"] {
  let at = 0;
  return groups.map(({ name, rows }) => {
    const group = isFew(rows) ? undefined : passed[at++];
    return group ? { name, rows: group.rows, figures: figures(group) } : { name, rows: 0, figures: [] };
  });
}

/** By whole characters, so that none is torn. */
const shortened = (name: string): string =>
  name.length > MAX_NAME
    ? `${Array.from(name)
        .slice(0, MAX_NAME - 1)
        .join("")}…`
    : name;
