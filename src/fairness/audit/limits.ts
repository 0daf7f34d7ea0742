/** Limits that a project sets before the test, and whether an audit keeps them. */

import { nearest } from "../../config/nearest.ts";
import { MEASURE_NAMES, type MeasureName } from "../metrics/measures.ts";
import type { Audit, GroupingReport } from "./audit.ts";

export const FOUR_FIFTHS = "four_fifths";

export interface Limit {
  measure: MeasureName | typeof FOUR_FIFTHS;
  /** Largest difference that is accepted; none for four_fifths. */
  max?: number;
}

export interface LimitResult {
  /** "equalized_odds <= 0.1" */
  limit: string;
  by: string[];
  broken: boolean;
  /** Whether the data allowed to tell. */
  decided: boolean;
  /** One sentence for a person. */
  finding: string;
}

/** "equalized_odds=0.1" or "four_fifths". Throws a RangeError that says what is wrong. */
export function parseLimit(text: string): Limit {
  const [name = "", value] = text.split("=").map((part) => part.trim());
  const names = [...MEASURE_NAMES, FOUR_FIFTHS];
  if (!names.includes(name)) {
    const [close] = nearest(name, names);
    throw new RangeError(
      `there is no limit "${name}"${close ? `; is it "${close}"?` : ""} (limits: ${names.join(", ")})`,
    );
  }
  if (name === FOUR_FIFTHS) {
    if (value !== undefined)
      throw new RangeError("four_fifths takes no value: it is 4/5 of the highest rate");
    return { measure: FOUR_FIFTHS };
  }
  const max = Number(value);
  if (value === undefined || value === "" || !(max > 0 && max < 1))
    throw new RangeError(`write the limit of ${name} as ${name}=0.1: a difference between 0 and 1`);
  return { measure: name as MeasureName, max };
}

/**
 * One result per limit and grouping. A limit is broken when the value of groups that are large enough lies beyond it; where
 * no two groups are, it is not decided.
 */
export function checkLimits(
  { groupings }: Pick<Audit, "groupings">,
  limits: readonly Limit[],
): LimitResult[] {
  return groupings.flatMap((grouping) =>
    limits.map((limit) =>
      limit.measure === FOUR_FIFTHS ? checkFourFifths(grouping) : checkGap(grouping, limit),
    ),
  );
}

function checkGap(grouping: GroupingReport, { measure, max = 0 }: Limit): LimitResult {
  const report = grouping.measures.find(({ name }) => name === measure)!;
  const { value, interval } = report.difference;
  const base = { limit: `${measure} <= ${max}`, by: grouping.attributes };
  if (value === null)
    return {
      ...base,
      broken: false,
      decided: false,
      finding: `${report.label}: ${report.difference.remark ?? "not estimable"}`,
    };
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
    finding: `${report.label}: a gap of ${round(value)}${range} ${broken ? "is beyond" : "keeps"} the limit of ${max}${reach}`,
  };
}

function checkFourFifths({ attributes, fourFifths }: GroupingReport): LimitResult {
  const base = { limit: FOUR_FIFTHS, by: attributes };
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
