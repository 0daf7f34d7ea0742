/** Rates of a group with their intervals. */

import { type Group, groupName, groupRows } from "../metrics/groups.ts";
import { RATE_DEFINITIONS, RATES, rateOf } from "../metrics/rates.ts";
import { smallGroup } from "../metrics/small-group.ts";
import type { BootstrapResult } from "../statistics/bootstrap.ts";
import { wilson } from "../statistics/proportion-intervals.ts";
import type { GroupReport, RateReport } from "./audit.ts";
import type { AuditSettings } from "./settings.ts";

/** `resampled`: results of rateStatistics for the group, in the order of RATES, for weighted tables. */
export function rateReports(
  group: Group,
  settings: AuditSettings,
  resampled?: readonly BootstrapResult[],
): RateReport[] {
  return RATES.map((name, index) => {
    const { numerator, denominator, value } = rateOf(name, group.counts);
    const small = smallGroup(name, group.rows, settings.small);
    const { denominator: rows } = rateOf(name, group.rows);
    const report: RateReport = { name, numerator, denominator, rows, value, interval: null };
    if (small !== undefined) report.small = small;
    if (value === null) report.remark = `not estimable: no ${RATE_DEFINITIONS[name].among}`;
    else if (resampled) {
      const result = resampled[index];
      report.interval = result?.interval ?? null;
      const remark = result ? result.remark : "no bootstrap was asked for";
      if (remark !== undefined) report.remark = remark;
    } else report.interval = wilson({ successes: numerator, total: denominator }, settings.level);
    return report;
  });
}

export function groupReport(
  group: Group,
  settings: AuditSettings,
  resampled?: readonly BootstrapResult[],
): GroupReport {
  const { tp, fp, fn, tn } = group.counts;
  return {
    key: group.key,
    name: group.key.length > 0 ? groupName(group.key) : "all rows",
    rows: groupRows(group),
    weight: tp + fp + fn + tn,
    counts: group.counts,
    rates: rateReports(group, settings, resampled),
    isReference: false,
    comparisons: [],
  };
}
