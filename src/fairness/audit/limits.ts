/** Limits that a project sets before the test, and whether an audit keeps them. */

import { type AuditLimits, FOUR_FIFTHS, GAP_LIMITS, REGRESSION_LIMITS } from "../../config/audit-settings.ts";
import { nearest } from "../../config/nearest.ts";
import type { MeasureName } from "../metrics/measures.ts";
import type { Audit, Estimate, GroupingReport } from "./audit.ts";
import type { MulticlassAudit } from "./audit-multiclass.ts";
import type { RegressionAudit } from "./audit-regression.ts";
import type { AnyAudit } from "./audit-table.ts";

type RegressionLimit = (typeof REGRESSION_LIMITS)[number];

export interface Limit {
  measure: MeasureName | RegressionLimit | typeof FOUR_FIFTHS;
  /** Largest difference that is accepted; none for four_fifths. */
  max?: number;
}

export interface LimitResult {
  /** "equalized_odds <= 0.1" */
  limit: string;
  /** What it is held against, as a ledger entry calls it: "equalized_odds of class high". */
  measure: string;
  by: string[];
  broken: boolean;
  /** Whether the data allowed to tell. */
  decided: boolean;
  /** One sentence for a person. */
  finding: string;
}

/** "equalized_odds=0.1" or "four_fifths", one or more. Throws a RangeError that says what is wrong. */
export function parseLimits(texts: readonly string[]): AuditLimits {
  return Object.assign({}, ...texts.map(parseLimit));
}

function parseLimit(text: string): AuditLimits {
  const [name = "", value] = text.split("=").map((part) => part.trim());
  const names: readonly string[] = [...GAP_LIMITS, FOUR_FIFTHS, ...REGRESSION_LIMITS];
  if (!names.includes(name)) {
    const [close] = nearest(name, names);
    throw new RangeError(
      `there is no limit "${name}"${close ? `; is it "${close}"?` : ""} (limits: ${names.join(", ")})`,
    );
  }
  if (name === FOUR_FIFTHS) {
    if (value !== undefined)
      throw new RangeError("four_fifths takes no value: it is 4/5 of the highest rate");
    return { four_fifths: true };
  }
  const max = Number(value);
  if (name === "mean_error") {
    if (value === undefined || value === "" || !(max > 0 && max < Number.POSITIVE_INFINITY))
      throw new RangeError("write the limit of mean_error as mean_error=5: above 0, in the label's unit");
    return { mean_error: max };
  }
  if (value === undefined || value === "" || !(max > 0 && max < 1))
    throw new RangeError(`write the limit of ${name} as ${name}=0.1: a difference between 0 and 1`);
  return { [name]: max };
}

export function limitsOf(limits: AuditLimits): Limit[] {
  return Object.entries(limits).flatMap(([measure, value]): Limit[] => {
    if (measure === FOUR_FIFTHS) return value === true ? [{ measure }] : [];
    return typeof value === "number" ? [{ measure: measure as Limit["measure"], max: value }] : [];
  });
}

/** "equalized_odds <= 0.1", "four_fifths": what a result calls it. */
export const limitName = ({ measure, max }: Limit): string =>
  max === undefined ? measure : `${measure} <= ${max}`;

/**
 * One result per limit and grouping (and class). A limit is broken when the value of groups that are large enough lies
 * beyond it; where no two groups are, it is not decided.
 */
export function checkLimits(audit: AnyAudit, limits: readonly Limit[]): LimitResult[] {
  if (audit.task === "regression") return checkRegression(audit, limits);
  if (audit.task === "multiclass") return checkMulticlass(audit, limits);
  return checkBinary(audit, limits);
}

function checkBinary({ groupings }: Audit, limits: readonly Limit[]): LimitResult[] {
  return groupings.flatMap((grouping) =>
    limits.map((limit) => {
      if (limit.measure === FOUR_FIFTHS) return checkFourFifths(grouping);
      const report = grouping.measures.find(({ name }) => name === limit.measure)!;
      return checkGap(limit, grouping.attributes, report.label, report.difference);
    }),
  );
}

/** The accuracy is that of all classes together; every other measure is looked at for each class. */
function checkMulticlass({ groupings, byClass }: MulticlassAudit, limits: readonly Limit[]): LimitResult[] {
  return limits.flatMap((limit) =>
    limit.measure === "accuracy_equality"
      ? groupings.map(({ attributes, accuracyGap }) => ({
          ...checkGap(limit, attributes, "accuracy equality", accuracyGap),
          measure: "accuracy",
        }))
      : byClass.flatMap(({ class: name, audit }) =>
          checkBinary(audit, [limit]).map((result) => ({
            ...result,
            limit: `${result.limit} for ${name}`,
            measure: `${result.measure} of class ${name}`,
            finding: `${name}: ${result.finding}`,
          })),
        ),
  );
}

function checkRegression({ groupings }: RegressionAudit, limits: readonly Limit[]): LimitResult[] {
  return groupings.flatMap(({ attributes, meanErrorGap, largestDistance }) =>
    limits.map((limit) =>
      limit.measure === "mean_error"
        ? checkGap(limit, attributes, "mean error", meanErrorGap)
        : checkGap(limit, attributes, "distance of the predictions to those of all rows", largestDistance),
    ),
  );
}

function checkGap(
  { measure, max = 0 }: Limit,
  by: string[],
  label: string,
  { value, interval, remark }: Estimate,
): LimitResult {
  const base = { limit: limitName({ measure, max }), measure, by };
  if (value === null)
    return { ...base, broken: false, decided: false, finding: `${label}: ${remark ?? "not estimable"}` };
  const broken = value > max;
  const range = interval ? ` (${round(interval.low)} to ${round(interval.high)})` : "";
  const reach = !interval
    ? ""
    : broken && interval.low <= max
      ? "; its range reaches below the limit"
      : !broken && interval.high > max
        ? "; its range reaches beyond the limit"
        : "";
  return {
    ...base,
    broken,
    decided: true,
    finding: `${label}: a gap of ${round(value)}${range} ${broken ? "is beyond" : "keeps"} the limit of ${max}${reach}`,
  };
}

function checkFourFifths({ attributes, fourFifths }: GroupingReport): LimitResult {
  const base = { limit: FOUR_FIFTHS, measure: FOUR_FIFTHS, by: attributes };
  const judged =
    fourFifths?.groups.filter(({ passes, small }) => passes !== null && small === undefined) ?? [];
  if (!fourFifths || judged.length < 2)
    return {
      ...base,
      broken: false,
      decided: false,
      finding: "four-fifths: fewer than two groups are large enough",
    };
  const failing = judged.filter(({ passes }) => passes === false);
  const names = failing.map(({ group, ratio }) => `${group} (${round(ratio!)})`).join(", ");
  return {
    ...base,
    broken: failing.length > 0,
    decided: true,
    finding:
      failing.length > 0
        ? `four-fifths: the rate of "${fourFifths.outcome}" is below 4/5 of that of ${fourFifths.reference} for ${names}`
        : `four-fifths: every group reaches 4/5 of the rate of ${fourFifths.reference}`,
  };
}

const round = (value: number): string => String(Number(value.toPrecision(3)));
