/** The audit of one grouping: an attribute, or an intersection of attributes. */

import { groupScores } from "../conventions/generalized.ts";
import type { CellCounts } from "../metrics/cells.ts";
import { type CellGroups, groupCells, groupCounts, groupName, groupRows } from "../metrics/groups.ts";
import { type Included, MEASURE_NAMES, measureStatistics, rateStatistics } from "../metrics/measures.ts";
import { RATES, type RateName } from "../metrics/rates.ts";
import type { ScoreScale } from "../metrics/score-scale.ts";
import { smallGroup } from "../metrics/small-group.ts";
import type { BootstrapResult, Statistics } from "../statistics/bootstrap.ts";
import type { BinaryTable } from "../table/scored-table.ts";
import type { GroupingReport } from "./audit.ts";
import { COMPARED_RATES, compareGroups, referenceIndex } from "./compare-groups.ts";
import { fourFifthsReport } from "./four-fifths-report.ts";
import { controlledReports, libraryReports } from "./library-reports.ts";
import { estimateOf, measureReport } from "./measure-reports.ts";
import { groupReport } from "./rate-reports.ts";
import { scoreReports } from "./score-reports.ts";
import type { AuditSettings } from "./settings.ts";

/** A grouping before its tables were resampled. */
export interface GroupingDraft {
  /** What to resample, and how many values that is. */
  statistics: Statistics;
  size: number;
  /** Whether the statistics read a cell. */
  reads(cell: number): boolean;
  /** `resampled`: one result per value of `statistics`; absent where no bootstrap was made. */
  report(resampled: readonly BootstrapResult[] | undefined): GroupingReport;
}

/** `attributes`: sensitive columns; several are an intersection. `scale`: of the table's scores, where it has them. */
export function draftGrouping(
  table: BinaryTable,
  counts: CellCounts,
  attributes: readonly string[],
  settings: AuditSettings,
  scale: ScoreScale | undefined,
): GroupingDraft {
  const cellGroups = groupCells(counts.cells, attributes);
  const grouping = groupCounts(counts, attributes);
  const { groups } = grouping;
  const included: Included = (rate, group) =>
    groupRows(groups[group]!) > 0 && smallGroup(rate, groups[group]!.rows, settings.small) === undefined;
  const named = attributes.length === 1 ? settings.reference[attributes[0]!] : undefined;
  const reference = referenceIndex(groups, named);
  const referenceKey = groups[reference]?.key;
  const weighted = table.weights !== undefined;
  const measureCount = MEASURE_NAMES.length * 2;
  const measures = measureStatistics(cellGroups, included);
  const rates = weightedStatistics(cellGroups, Math.max(0, reference));
  const ratesAt = (group: number) => measureCount + group * RATES.length;
  const differenceAt = (group: number, rate: RateName) =>
    ratesAt(groups.length) + group * COMPARED_RATES.length + COMPARED_RATES.indexOf(rate as "precision");
  const isRead = groups.map((_, group) => RATES.some((rate) => included(rate, group)));
  return {
    reads: (cell) => weighted || isRead[cellGroups.of[cell]!]!,
    // Weighted rates have no interval from counts: they and their differences are resampled with the measures.
    statistics: weighted ? (each) => [...Array.from(measures(each)), ...rates(each)] : measures,
    size: weighted ? ratesAt(groups.length) + groups.length * COMPARED_RATES.length : measureCount,
    report(resampled) {
      const reports = groups.map((group, index) =>
        groupReport(
          group,
          settings,
          weighted ? (resampled?.slice(ratesAt(index), ratesAt(index + 1)) ?? []) : undefined,
        ),
      );
      compareGroups(
        groups,
        reports,
        reference,
        settings,
        weighted ? (group, rate) => estimateOf(resampled?.[differenceAt(group, rate)]) : undefined,
      );
      return {
        attributes: [...attributes],
        reference: referenceKey ? groupName(referenceKey) : "none",
        groups: reports,
        measures: MEASURE_NAMES.map((name, index) =>
          measureReport(name, groups, included, settings, resampled?.slice(2 * index, 2 * index + 2)),
        ),
        fourFifths: fourFifthsReport(grouping, table, settings),
        scores: scale ? scoreReports(table, counts, cellGroups, scale, settings) : [],
        libraries:
          attributes.length > 1
            ? controlledReports(grouping)
            : typeof referenceKey?.[0] === "string"
              ? libraryReports(grouping, referenceKey[0], groupScores(table, counts.cells, attributes))
              : [],
      };
    },
  };
}

/** Every rate of every group, then the differences of the compared rates to the reference group's. */
function weightedStatistics(cellGroups: CellGroups, reference: number): (counts: Float64Array) => number[] {
  const rates = rateStatistics(cellGroups, RATES);
  return (counts) => {
    const values = Array.from(rates(counts));
    const differences = cellGroups.keys.flatMap((_, group) =>
      COMPARED_RATES.map((rate) => {
        const at = RATES.indexOf(rate);
        return values[group * RATES.length + at]! - values[reference * RATES.length + at]!;
      }),
    );
    return [...values, ...differences];
  };
}
