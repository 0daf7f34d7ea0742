/** The audit of a regression model: whose numbers are too high or too low, and by how much. Pure. */

import { buildCells } from "../metrics/cells.ts";
import { groupCells, groupName, MISSING_VALUE } from "../metrics/groups.ts";
import { predictionDistance, type RegressionGroup, regressionGroups } from "../metrics/regression.ts";
import { intervalZ, studentTwoSided } from "../statistics/distributions.ts";
import { holm } from "../statistics/multiple-tests.ts";
import type { RegressionTable } from "../table/scored-table.ts";
import type { Estimate } from "./audit.ts";
import { extremesOf } from "./extremes.ts";
import { AUDIT_SETTINGS, type AuditSettings, groupedAttributes } from "./settings.ts";
import { checkReferences, notesOn } from "./table-notes.ts";

export interface RegressionGroupReport extends RegressionGroup {
  name: string;
  /** Mean of prediction minus label, in the label's unit. */
  bias: Estimate;
  /** Kolmogorov-Smirnov distance of the predictions to those of all rows; null without rows. */
  distance: number | null;
  /** Against the reference group; absent for it, for small groups and with weights. */
  comparison?: { difference: Estimate; p: number; adjusted: number; test: string };
  small?: string;
}

export interface RegressionGroupingReport {
  attributes: string[];
  reference: string;
  groups: RegressionGroupReport[];
  /** Largest minus smallest mean error among the groups that are not small, in the label's unit. */
  meanErrorGap: Estimate;
  /** The largest of their distances. */
  largestDistance: Estimate;
}

export interface RegressionAudit {
  schema: "fairwatt.audit.regression/1";
  task: "regression";
  source: string;
  rows: number;
  weighted: boolean;
  settings: AuditSettings;
  /** Of all rows. */
  overall: RegressionGroup;
  groupings: RegressionGroupingReport[];
  notes: string[];
}

/** The same table and settings give the same audit. The reference is the named group, else the largest without missing values. Throws a TableError for one that is not there. */
export function auditRegression(
  table: RegressionTable,
  partial: Partial<AuditSettings> = {},
): RegressionAudit {
  const settings = { ...AUDIT_SETTINGS, ...partial };
  checkReferences(table, settings);
  const cells = buildCells(table.sensitive, table.rows);
  const attributes = groupedAttributes(table.sensitive, settings);
  return {
    schema: "fairwatt.audit.regression/1",
    task: "regression",
    source: table.source,
    rows: table.rows,
    weighted: table.weights !== undefined,
    settings,
    notes: notesOn(table),
    overall: regressionGroups(table, new Int32Array(table.rows), 1)[0]!,
    groupings: attributes.map((names): RegressionGroupingReport => {
      const { keys, of } = groupCells(cells, names);
      const rowGroup = cells.of.map((cell) => of[cell]!);
      const distances = predictionDistance(table, rowGroup, keys.length);
      const groups = regressionGroups(table, rowGroup, keys.length).map(
        (group, index): RegressionGroupReport => {
          const { minRows } = settings.small;
          return {
            ...group,
            name: groupName(keys[index]!),
            bias: biasOf(group, settings.level),
            distance: distances[index]!,
            ...(group.rows < minRows && { small: `${group.rows} rows, fewer than ${minRows}` }),
          };
        },
      );
      const named = names.length === 1 ? settings.reference[names[0]!] : undefined;
      return {
        attributes: names,
        reference: compare(groups, named, settings),
        groups,
        ...gapsOf(groups, settings.level),
      };
    }),
  };
}

function biasOf({ meanError, errorVariance, rows }: RegressionGroup, level: number): Estimate {
  if (meanError === null) return { value: null, interval: null, remark: "not estimable: no rows" };
  if (errorVariance === null)
    return { value: meanError, interval: null, remark: "no range: one row, or weighted rows" };
  const half = intervalZ(level) * Math.sqrt(errorVariance / rows);
  const interval = { low: meanError - half, high: meanError + half, level, method: "normal, of the mean" };
  return { value: meanError, interval };
}

const NOTHING: Estimate = {
  value: null,
  interval: null,
  remark: "nothing to compare: fewer than two groups are large enough",
};

function gapsOf(groups: readonly RegressionGroupReport[], level: number) {
  const judged = groups.filter(({ small, meanError }) => small === undefined && meanError !== null);
  if (judged.length < 2) return { meanErrorGap: NOTHING, largestDistance: NOTHING };
  const [lowest, highest] = extremesOf(judged, ({ meanError }) => meanError!);
  const test = welch(highest, lowest, level);
  const value = highest.meanError! - lowest.meanError!;
  const [, farthest] = extremesOf(judged, ({ distance }) => distance!);
  return {
    meanErrorGap: test?.difference ?? {
      value,
      interval: null,
      remark: "no range: the rows are weighted, or every error is the same",
    },
    largestDistance: { value: farthest.distance, interval: null, remark: "no range" },
  };
}

/** Fills in the comparisons of the mean errors by Welch's test; returns the reference's name. */
function compare(
  groups: RegressionGroupReport[],
  named: string | undefined,
  settings: AuditSettings,
): string {
  const eligible = groups.filter(({ name }) =>
    named === undefined ? !name.includes(MISSING_VALUE) : name === named,
  );
  const reference = eligible.reduce<RegressionGroupReport | undefined>(
    (best, group) => (!best || group.rows > best.rows ? group : best),
    undefined,
  );
  if (!reference) return "none";
  const drafts = groups.flatMap((group) => {
    const skip = group === reference || group.small !== undefined || reference.small !== undefined;
    const test = skip ? undefined : welch(group, reference, settings.level);
    return test ? [{ group, test }] : [];
  });
  const adjusted = holm(drafts.map(({ test }) => test.p));
  for (const [index, { group, test }] of drafts.entries())
    group.comparison = { ...test, adjusted: adjusted[index]!, test: "Welch's t, Holm over the groups" };
  return reference.name;
}

function welch(a: RegressionGroup, b: RegressionGroup, level: number) {
  if (a.errorVariance === null || b.errorVariance === null || a.meanError === null || b.meanError === null)
    return undefined;
  const one = a.errorVariance / a.rows;
  const two = b.errorVariance / b.rows;
  const error = Math.sqrt(one + two);
  if (error === 0) return undefined;
  const value = a.meanError - b.meanError;
  const degrees = (one + two) ** 2 / (one ** 2 / (a.rows - 1) + two ** 2 / (b.rows - 1));
  const half = intervalZ(level) * error;
  const interval = { low: value - half, high: value + half, level, method: "Welch, normal quantile" };
  return { difference: { value, interval }, p: studentTwoSided(value / error, degrees) };
}
