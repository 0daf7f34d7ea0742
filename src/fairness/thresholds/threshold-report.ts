/** Thresholds as they are printed, exported and used by others: with where they come from, and guarded where groups are tiny. */

import type { Confusion } from "../metrics/confusion.ts";
import { type Gap, gapOf } from "../metrics/measures.ts";
import { type RateName, rateOf } from "../metrics/rates.ts";
import type { ScoreGroup } from "./score-cells.ts";
import { confusionAtCut, rowsOf } from "./score-counts.ts";
import {
  type Choice,
  costOf,
  type SearchMode,
  STRATEGY_DEFINITIONS,
  type Strategy,
  type StrategySettings,
} from "./strategy.ts";

export const THRESHOLDS_SCHEMA = "fairwatt.thresholds/1";

/** The counts of a group of fewer rows tell of persons: they are left out of what is exported. */
export const SMALL_CELL = 10;

/** Rates that are reported per group. */
export const REPORTED_RATES = [
  "selection_rate",
  "true_positive_rate",
  "false_positive_rate",
  "precision",
  "accuracy",
] as const satisfies readonly RateName[];

export interface ThresholdSource {
  file: string;
  /** Of the file's bytes. */
  sha256: string;
  bytes: number;
  columns: { label: string; score: string; weight?: string; sensitive: readonly string[] };
  positive: string;
}

export interface GroupThreshold {
  /** Attribute and value; null where it is missing. */
  group: Record<string, string | null>;
  /** Positive when score >= threshold; null: nobody. */
  threshold: number | null;
  /** null in groups of fewer rows than SMALL_CELL. */
  rows: number | null;
  /** Rows by outcome, or weights. */
  counts: Confusion | null;
  /** null: not estimable. */
  rates: Record<(typeof REPORTED_RATES)[number], number | null> | null;
  leftOut?: string;
}

export interface ThresholdReport extends ThresholdSource {
  schema: typeof THRESHOLDS_SCHEMA;
  strategy: Strategy;
  /** Absent for thresholds set by hand. */
  search?: { mode: SearchMode; tolerance?: number };
  costRatio: number;
  rule: string;
  /** null where counts of a group are left out: it would tell them. */
  rows: number | null;
  cost: number | null;
  groups: GroupThreshold[];
  /** Of the rate that the strategy makes equal. */
  gap: { rate: RateName; difference: number; highest: string; lowest: string } | null;
  notes: string[];
  fairwatt: string;
}

const RULES: Record<SearchMode, string> = {
  exact: "positive when score >= threshold; threshold null: nobody",
  wit: "positive unless 100 * threshold > 100 * score, in floats, as in the What-If Tool",
};

export interface ThresholdChoice {
  strategy: Strategy;
  settings: StrategySettings;
  groups: readonly ScoreGroup[];
  choices: readonly Choice[];
}

/** `fairwatt`: the version that wrote it. */
export function thresholdReport(
  choice: ThresholdChoice,
  source: ThresholdSource,
  fairwatt: string,
): ThresholdReport {
  const { strategy, settings, groups, choices } = choice;
  const counts = groups.map((group, index) => confusionAtCut(group.counts, choices[index]!.cut));
  const small = groups.filter((group) => rowsOf(group.counts) < SMALL_CELL).length;
  const gap = strategyGap(choice);
  const mode = strategy === "custom" ? "exact" : settings.mode;
  return {
    schema: THRESHOLDS_SCHEMA,
    ...source,
    strategy,
    ...(strategy !== "custom" && {
      search: { mode, ...(mode === "exact" && gap !== undefined && { tolerance: settings.tolerance }) },
    }),
    costRatio: settings.costRatio,
    rule: RULES[mode],
    rows: small > 0 ? null : groups.reduce((sum, group) => sum + rowsOf(group.counts), 0),
    cost: small > 0 ? null : counts.reduce((sum, each) => sum + costOf(each, settings.costRatio), 0),
    groups: groups.map((group, index) =>
      groupThreshold(group, choices[index]!, counts[index]!, source.columns.sensitive),
    ),
    gap: gap
      ? {
          rate: gap.rate,
          difference: gap.difference,
          highest: groups[gap.highest]!.name,
          lowest: groups[gap.lowest]!.name,
        }
      : null,
    notes: notesOf(choices, small),
    fairwatt,
  };
}

/** The gap that the strategy makes small; undefined where it makes none, null where there is nothing to compare. */
export function strategyGap({ strategy, groups, choices }: ThresholdChoice): Gap | null | undefined {
  const { equal } = STRATEGY_DEFINITIONS[strategy];
  if (equal === undefined) return undefined;
  return gapOf(
    equal,
    groups.map((group, index) => rateOf(equal, confusionAtCut(group.counts, choices[index]!.cut)).value),
  );
}

function groupThreshold(
  { key, counts }: ScoreGroup,
  { threshold }: Choice,
  confusion: Confusion,
  attributes: readonly string[],
): GroupThreshold {
  const rows = rowsOf(counts);
  const isSmall = rows < SMALL_CELL;
  return {
    group: Object.fromEntries(attributes.map((name, index) => [name, key[index] ?? null])),
    threshold: Number.isFinite(threshold) ? threshold : null,
    rows: isSmall ? null : rows,
    counts: isSmall ? null : confusion,
    rates: isSmall
      ? null
      : (Object.fromEntries(
          REPORTED_RATES.map((rate) => [rate, rateOf(rate, confusion).value]),
        ) as GroupThreshold["rates"]),
    ...(isSmall && { leftOut: `fewer than ${SMALL_CELL} rows` }),
  };
}

function notesOf(choices: readonly Choice[], small: number): string[] {
  const notes: string[] = [];
  if (new Set(choices.map(({ threshold }) => threshold)).size > 1)
    notes.push(
      "thresholds that differ by group need the attribute at every decision; whether that is permitted has to be asked before they are used",
    );
  if (small > 0)
    notes.push(
      `${small} of ${choices.length} groups have fewer than ${SMALL_CELL} rows: their counts are left out, and so are the sums that would tell them`,
    );
  notes.push("chosen on this table: on other rows rates and cost differ");
  return notes;
}
