/** What an audit of a binary table says: plain values, as they go into JSON, the ledger and documents. */

import type { Convention } from "../conventions/library-value.ts";
import type { Confusion } from "../metrics/confusion.ts";
import type { GroupKey } from "../metrics/groups.ts";
import type { MeasureName } from "../metrics/measures.ts";
import type { RateName } from "../metrics/rates.ts";
import type { Interval } from "../statistics/interval.ts";
import type { Verdict } from "../statistics/verdict.ts";
import type { ScoreReport } from "./score-reports.ts";
import type { AuditSettings } from "./settings.ts";

export const AUDIT_SCHEMA = "fairwatt.audit/1";

/** A value with its range; null is "not estimable". */
export interface Estimate {
  value: number | null;
  interval: Interval | null;
  /** Why it has no value, no interval, or must not decide anything. */
  remark?: string;
}

export interface RateReport extends Estimate {
  name: RateName;
  /** Rows, or weights where there are weights. */
  numerator: number;
  denominator: number;
  /** Rows that it is counted among; the denominator where there are no weights. */
  rows: number;
  /** Why the rate must not decide anything. */
  small?: string;
}

/** A group's rate against the reference group's. */
export interface RateComparison {
  rate: RateName;
  /** Group's minus reference's. */
  difference: Estimate;
  /** Two-sided; null where no test could be made. */
  p: number | null;
  /** Adjusted after Holm over all comparisons of the grouping. */
  adjusted: number | null;
  test: string;
  verdict: Verdict;
  /** Gaps below it go unseen at this size more often than the settings allow; null where any would. */
  detectable: number | null;
  /** Rows (of the rate's denominator) needed in each group to see a gap of the tolerance. */
  rowsNeeded: number;
}

export interface GroupReport {
  key: GroupKey;
  name: string;
  rows: number;
  /** Sum of the weights; the rows where there are none. */
  weight: number;
  counts: Confusion;
  rates: RateReport[];
  isReference: boolean;
  comparisons: RateComparison[];
}

export interface MeasureReport {
  name: MeasureName;
  label: string;
  convention: string;
  difference: Estimate;
  ratio: Estimate;
  /** Groups with the highest and lowest rate, per rate of the measure. */
  extremes: { rate: RateName; highest: string; lowest: string }[];
  /** Groups that do not take part, with why. */
  excluded: { group: string; why: string }[];
  /** Whether chance alone makes such a gap between so many groups; null for measures of several rates. */
  permutation: { p: number; nullHigh: number; method: string } | null;
}

export interface FourFifthsReport {
  group: string;
  favourable: number;
  total: number;
  ratio: number | null;
  passes: boolean | null;
  interval: Interval | null;
  small?: string;
}

export interface GroupingReport {
  attributes: string[];
  reference: string;
  groups: GroupReport[];
  measures: MeasureReport[];
  fourFifths: { reference: string; outcome: string; groups: FourFifthsReport[] } | null;
  /** Ranking and calibration per group; empty where the table has no scores. */
  scores: ScoreReport[];
  /** The same table as the libraries report it; of an intersection Fairlearn with its first attribute as control feature. */
  libraries: LibraryReport[];
}

export interface LibraryReport {
  convention: Convention;
  /** NaN and infinities as strings; "...Error: ..." where the library raises. */
  values: Record<string, number | string>;
}

export interface Audit {
  schema: typeof AUDIT_SCHEMA;
  task: "binary";
  source: string;
  rows: number;
  weighted: boolean;
  positive: string;
  negative: string | null;
  favourable: "positive" | "negative";
  threshold: number | null;
  settings: AuditSettings;
  overall: GroupReport;
  groupings: GroupingReport[];
  /** Generalised entropy of the benefits of all rows. */
  entropy: { theil: number | null; coefficientOfVariation: number | null; convention: string };
  notes: string[];
}
