/** The audit of a regression model: whose numbers are too high or too low, and by how much. Pure. */

import { buildCells } from "../metrics/cells.ts";
import { groupCells, groupName, MISSING_VALUE } from "../metrics/groups.ts";
import { predictionDistance, type RegressionGroup, regressionGroups } from "../metrics/regression.ts";
import { intervalZ, studentTwoSided } from "../statistics/distributions.ts";
import { holm } from "../statistics/multiple-tests.ts";
import type { RegressionTable } from "../table/scored-table.ts";
import type { Estimate } from "./audit.ts";
import { AUDIT_SETTINGS, type AuditSettings, groupedAttributes } from "./settings.ts";

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

export interface RegressionAudit {
  schema: "fairwatt.audit.regression/1";
  source: string;
  rows: number;
  groupings: { attributes: string[]; reference: string; groups: RegressionGroupReport[] }[];
}

/** The same table and settings give the same audit. The reference is the largest group of an attribute without missing values. */
export function auditRegression(
  table: RegressionTable,
  partial: Partial<AuditSettings> = {},
): RegressionAudit {
  const settings = { ...AUDIT_SETTINGS, ...partial };
  const cells = buildCells(table.sensitive, table.rows);
  const attributes = groupedAttributes(table.sensitive, settings);
  return {
    schema: "fairwatt.audit.regression/1",
    source: table.source,
    rows: table.rows,
    groupings: attributes.map((names) => {
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
      return { attributes: names, reference: compare(groups, settings), groups };
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

/** Fills in the comparisons of the mean errors by Welch's test; returns the reference's name. */
function compare(groups: RegressionGroupReport[], settings: AuditSettings): string {
  const eligible = groups.filter(({ name }) => !name.includes(MISSING_VALUE));
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
