/** Each group's rates against the reference group's: difference, test, power, verdict. */

import { type Group, groupRows, hasMissingValue } from "../metrics/groups.ts";
import { type RateName, rateOf } from "../metrics/rates.ts";
import { smallGroup } from "../metrics/small-group.ts";
import { holm } from "../statistics/multiple-tests.ts";
import { minimumDetectableGap, rowsNeeded } from "../statistics/power.ts";
import { newcombe, type Proportion } from "../statistics/proportion-intervals.ts";
import { testProportions } from "../statistics/proportion-tests.ts";
import { verdictOf } from "../statistics/verdict.ts";
import type { Estimate, GroupReport, RateComparison } from "./audit.ts";
import type { AuditSettings } from "./settings.ts";

/** Rates that are compared between groups. */
export const COMPARED_RATES = [
  "selection_rate",
  "true_positive_rate",
  "false_positive_rate",
  "precision",
] as const satisfies readonly RateName[];

/** The named reference, else the largest group (the first of equals); missing values are never the reference. */
export function referenceIndex(groups: readonly Group[], named: string | undefined): number {
  if (named !== undefined) return groups.findIndex(({ key }) => key.length === 1 && key[0] === named);
  let best = -1;
  for (const [index, group] of groups.entries()) {
    if (hasMissingValue(group)) continue;
    if (best < 0 || groupRows(group) > groupRows(groups[best]!)) best = index;
  }
  return best;
}

/** Fills in `comparisons` of every report but the reference's. `differences`: intervals by bootstrap, for weighted tables. */
export function compareGroups(
  groups: readonly Group[],
  reports: readonly GroupReport[],
  reference: number,
  settings: AuditSettings,
  differences?: (group: number, rate: RateName) => Estimate,
): void {
  if (reference < 0) return;
  const own = groups[reference]!;
  reports[reference]!.isReference = true;
  const drafts: { report: GroupReport; draft: RateComparison; small: string | undefined }[] = [];
  for (const [index, group] of groups.entries()) {
    if (index === reference || groupRows(group) === 0) continue;
    for (const rate of COMPARED_RATES) {
      const difference = differences
        ? differences(index, rate)
        : differenceOf(rate, group, own, settings.level);
      const test = differences ? null : testProportions(proportionOf(rate, group), proportionOf(rate, own));
      const base = rateOf(rate, own.rows);
      const small = [group, own].map((each) => smallGroup(rate, each.rows, settings.small)).find(Boolean);
      const draft: RateComparison = {
        rate,
        difference,
        p: test?.p ?? null,
        adjusted: null,
        test: test?.method ?? (differences ? "by the bootstrap interval" : "none: no rows to compare"),
        verdict: "not enough data to tell",
        detectable: detectableGap(rate, group, own, settings),
        rowsNeeded: neededRows(base.value, settings),
      };
      drafts.push({ report: reports[index]!, draft, small });
    }
  }
  const adjusted = holm(drafts.map(({ draft }) => draft.p ?? Number.NaN));
  for (const [index, { report, draft, small }] of drafts.entries()) {
    const p = adjusted[index]!;
    draft.adjusted = Number.isNaN(p) ? null : p;
    const { interval } = draft.difference;
    // Without a test, an interval that leaves out zero stands for one.
    const evidence = draft.p === null && interval && (interval.low > 0 || interval.high < 0) ? 0 : p;
    draft.verdict = verdictOf(
      { interval, p: evidence, ...(small && { small }) },
      settings.tolerance,
      settings.alpha,
    );
    report.comparisons.push(draft);
  }
}

function differenceOf(rate: RateName, group: Group, reference: Group, level: number): Estimate {
  const a = rateOf(rate, group.counts).value;
  const b = rateOf(rate, reference.counts).value;
  if (a === null || b === null)
    return { value: null, interval: null, remark: "not estimable: a rate has no denominator" };
  return {
    value: a - b,
    interval: newcombe(proportionOf(rate, group), proportionOf(rate, reference), level),
  };
}

function proportionOf(rate: RateName, { rows }: Group): Proportion {
  const { numerator, denominator } = rateOf(rate, rows);
  return { successes: numerator, total: denominator };
}

function detectableGap(
  rate: RateName,
  group: Group,
  reference: Group,
  settings: AuditSettings,
): number | null {
  const base = rateOf(rate, reference.rows);
  const n = rateOf(rate, group.rows).denominator;
  return base.value === null ? null : minimumDetectableGap(base.value, base.denominator, n, settings);
}

/** Rows per group to see a gap of the tolerance, in the direction in which there is room. */
function neededRows(rate: number | null, settings: AuditSettings): number {
  const p = rate ?? 0.5;
  const options = [p - settings.tolerance, p + settings.tolerance].filter((q) => q >= 0 && q <= 1);
  return Math.ceil(Math.max(...options.map((q) => rowsNeeded(p, q, settings)), 1));
}
