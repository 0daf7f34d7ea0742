/** Measures between groups as an audit's entry keeps them: only what tells no small count. Pure. */

import type { Audit, Estimate, GroupReport, MeasureReport } from "../fairness/audit/audit.ts";
import type { AnyAudit } from "../fairness/audit/audit-table.ts";
import { extremesOf } from "../fairness/audit/extremes.ts";
import {
  inThreeDigits,
  kindOf,
  leftOutWords,
  OUTCOME,
  SELECTION,
  threeDigits,
  type Withheld,
  withheldAt,
} from "./audit-told.ts";
import type { AuditBody } from "./entries/audit.ts";

type Measures = AuditBody["measures"];

const NO_RATIO: Estimate = { value: null, interval: null, remark: "none is made" };
/** A gap with steps wider than this says nothing. */
const WIDEST_STEP = 0.05;

/** A group at an end of a gap: how many its rate is counted among; without, its figure is no rate. */
interface End {
  group: string;
  among?: number;
}

/** `rounded`: something of the audit was left out. */
export function measuresOf(audit: AnyAudit, below: number, rounded: boolean): Measures {
  const shown = (estimate: Estimate, ends: readonly End[], withheld: Withheld, scale = 1) =>
    recorded(rounded ? toldEstimate(estimate, { ends, withheld, below, scale }) : estimate);
  if (audit.task === "binary") return binaryMeasures(audit, "", below, shown);
  const one = (
    by: string[],
    measure: string,
    convention: string,
    difference: Measures[number]["difference"],
  ) => ({
    by,
    measure,
    convention,
    difference,
    ratio: recorded(NO_RATIO),
  });
  if (audit.task === "multiclass")
    return [
      ...audit.groupings.map(({ attributes, groups, accuracyGap }, at) => {
        const judged = groups.filter(({ small, accuracy }) => small === undefined && accuracy.value !== null);
        const ends =
          judged.length < 2
            ? []
            : extremesOf(judged, ({ accuracy }) => accuracy.value!).map(({ name, rows }) => ({
                group: name,
                among: rows,
              }));
        const gap = shown(accuracyGap, ends, withheldAt(audit, at, OUTCOME, below));
        return one(attributes, "accuracy", "largest minus smallest among groups that are not small", gap);
      }),
      ...audit.byClass.flatMap(({ class: name, audit: each }) =>
        binaryMeasures(each, ` of class ${name}`, below, shown),
      ),
    ];
  return audit.groupings.flatMap(({ attributes, groups, meanErrorGap, largestDistance }, at) => {
    const withheld = withheldAt(audit, at, OUTCOME, below);
    const judged = groups.filter(({ small, meanError }) => small === undefined && meanError !== null);
    const ends = (of: (group: (typeof groups)[number]) => number) =>
      judged.length < 2 ? [] : extremesOf(judged, of).map(({ name }) => ({ group: name }));
    return [
      one(
        attributes,
        "mean_error",
        "largest minus smallest among groups that are not small, in the label's unit",
        shown(
          meanErrorGap,
          ends(({ meanError }) => meanError!),
          withheld,
        ),
      ),
      one(
        attributes,
        "prediction_distance",
        "largest Kolmogorov-Smirnov distance of a group's predictions to those of all rows",
        shown(largestDistance, ends(({ distance }) => distance!).slice(1), withheld),
      ),
    ];
  });
}

type Shown = (
  estimate: Estimate,
  ends: readonly End[],
  withheld: Withheld,
  scale?: number,
) => Measures[number]["difference"];

function binaryMeasures(audit: Audit, ofClass: string, below: number, shown: Shown): Measures {
  return audit.groupings.flatMap(({ attributes, groups, measures }, at) => {
    const withheld = ([SELECTION, OUTCOME] as const).map((kind) => withheldAt(audit, at, kind, below));
    return measures.map((measure) => {
      const { name, convention, difference, ratio } = measure;
      const kind = Math.max(0, ...measure.extremes.map(({ rate }) => kindOf(rate)));
      const ends = endsOf(measure, groups);
      return {
        by: attributes,
        measure: `${name}${ofClass}`,
        convention,
        difference: shown(difference, ends, withheld[kind]!),
        ratio: shown(ratio, ends, withheld[kind]!, lowestTop(measure, groups)),
      };
    });
  });
}

function endsOf({ extremes }: MeasureReport, groups: readonly GroupReport[]): End[] {
  return extremes.flatMap(({ rate, highest, lowest }) =>
    [highest, lowest].flatMap((name) =>
      groups
        .filter((group) => group.name === name)
        .map(({ rates }) => ({ group: name, among: rates.find((each) => each.name === rate)!.rows })),
    ),
  );
}

/** The smallest of the highest rates: a ratio to it moves by so much more than the rate above it. */
function lowestTop({ extremes }: MeasureReport, groups: readonly GroupReport[]): number {
  const tops = extremes.map(
    ({ rate, highest }) =>
      groups.find(({ name }) => name === highest)?.rates.find(({ name }) => name === rate)?.value ?? 0,
  );
  return Math.min(1, ...tops);
}

/**
 * Left out where a group at an end has a small count itself. Where only the totals minus what is told would give one, a step
 * is as wide as the size itself among the rows that the rate is counted among: whoever subtracts gets no count below the size.
 * `scale`: part of a step that the value moves by for one of the rate.
 */
function toldEstimate(
  estimate: Estimate,
  {
    ends,
    withheld,
    below,
    scale,
  }: { ends: readonly End[]; withheld: Withheld; below: number; scale: number },
): Estimate {
  if (estimate.value === null) return estimate;
  const leftOut = { value: null, interval: null, remark: leftOutWords(below) };
  if (ends.some(({ group }) => withheld.own.has(group))) return leftOut;
  const beside = ends.filter(({ group }) => withheld.beside.has(group));
  const step =
    Math.max(0, ...beside.map(({ among }) => (among === undefined ? 0 : below / among))) / (scale || 1);
  if (step > WIDEST_STEP) return leftOut;
  return step < 0.001 ? inThreeDigits(estimate) : inSteps(estimate, step);
}

/** The range is widened to whole steps. */
function inSteps({ value, interval, remark }: Estimate, step: number): Estimate {
  const power = 10 ** Math.floor(Math.log10(step));
  const size = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= step)!;
  const whole = (steps: number) => threeDigits(steps * size);
  const note = `in steps of ${threeDigits(size)}, as small counts could be told otherwise`;
  return {
    value: whole(Math.round(value! / size)),
    interval: interval && {
      ...interval,
      low: whole(Math.floor(interval.low / size)),
      high: whole(Math.ceil(interval.high / size)),
      method: `${interval.method}; ${note}`,
    },
    remark: remark === undefined ? note : `${remark}; ${note}`,
  };
}

function recorded({ value, interval, remark }: Estimate): Measures[number]["difference"] {
  return {
    value,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    method: interval?.method ?? remark ?? "no range",
  };
}
