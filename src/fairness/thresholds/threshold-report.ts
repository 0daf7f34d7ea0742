/** Thresholds as they are printed, exported and used by others: with where they come from, and guarded where groups are tiny. */

import type { Confusion } from "../metrics/confusion.ts";
import { type Gap, gapOf } from "../metrics/measures.ts";
import { type RateName, rateOf } from "../metrics/rates.ts";
import { passedThresholds } from "./passed-thresholds.ts";
import type { ScoreGroup } from "./score-cells.ts";
import { confusionAtCut, rowsAtCut, rowsOf } from "./score-counts.ts";
import {
  type Choice,
  costOf,
  type SearchMode,
  STRATEGY_DEFINITIONS,
  type Strategy,
  type StrategySettings,
} from "./strategy.ts";

export const THRESHOLDS_SCHEMA = "fairwatt.thresholds/1";

/**
 * Counts of fewer rows tell of persons: they are left out of what is exported, and so are rates among fewer. Where any was,
 * the others are rounded to multiples of this, and rates to three digits: a sum minus its parts would tell what was left out.
 */
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
  /** Positive when score >= threshold; null: nobody. Absent: left out, as it could be the score of one of a few persons. */
  threshold?: number | null;
  /** null: fewer than SMALL_CELL. */
  rows: number | null;
  /** Rows by outcome, or weights; null: of fewer rows than SMALL_CELL. */
  counts: Record<keyof Confusion, number | null>;
  /** null: not estimable, or among fewer rows than SMALL_CELL. */
  rates: Record<(typeof REPORTED_RATES)[number], number | null>;
}

export interface ThresholdReport extends ThresholdSource {
  schema: typeof THRESHOLDS_SCHEMA;
  strategy: Strategy;
  /** Absent for thresholds set by hand. */
  search?: { mode: SearchMode; tolerance?: number };
  costRatio: number;
  rule: string;
  rows: number;
  cost: number;
  groups: GroupThreshold[];
  /** Of the rate that the strategy makes equal; null, too, where it is that of a group of fewer rows than SMALL_CELL. */
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
  const passed = passedCounts(choice);
  const gap = strategyGap(choice);
  const mode = strategy === "custom" ? "exact" : settings.mode;
  const isLarge = (group: number) => rowsOf(groups[group]!.counts) >= SMALL_CELL;
  const thresholds = passedThresholds(choices, isLarge);
  return {
    schema: THRESHOLDS_SCHEMA,
    ...source,
    strategy,
    ...(strategy !== "custom" && {
      search: { mode, ...(mode === "exact" && gap !== undefined && { tolerance: settings.tolerance }) },
    }),
    costRatio: settings.costRatio,
    rule: RULES[mode],
    rows: passed.count(groups.reduce((sum, { counts }) => sum + rowsOf(counts), 0)),
    cost: passed.count(
      groups.reduce((sum, { counts }, index) => {
        const confusion = confusionAtCut(counts, choices[index]!.cut);
        return sum + costOf(confusion, settings.costRatio);
      }, 0),
    ),
    groups: groups.map((group, index) =>
      groupThreshold(group, choices[index]!, thresholds[index], passed, source.columns.sensitive),
    ),
    gap:
      gap && isLarge(gap.highest) && isLarge(gap.lowest)
        ? {
            rate: gap.rate,
            difference: passed.rate(gap.difference),
            highest: groups[gap.highest]!.name,
            lowest: groups[gap.lowest]!.name,
          }
        : null,
    notes: notesOf(choices, passed.isRounded, thresholds.includes(undefined)),
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

/** How numbers are passed on: as they are, or rounded where a count had to be left out. */
interface Passed {
  isRounded: boolean;
  count(value: number): number;
  rate(value: number): number;
}

const isTooSmall = (rows: number): boolean => rows > 0 && rows < SMALL_CELL;

function passedCounts({ groups, choices }: ThresholdChoice): Passed {
  const isRounded = groups.some(({ counts }, index) =>
    Object.values(rowsAtCut(counts, choices[index]!.cut)).some(isTooSmall),
  );
  return {
    isRounded,
    count: (value) => (isRounded ? Math.round(value / SMALL_CELL) * SMALL_CELL : value),
    rate: (value) => (isRounded ? Math.round(value * 1000) / 1000 : value),
  };
}

function groupThreshold(
  { key, counts }: ScoreGroup,
  { cut }: Choice,
  threshold: number | null | undefined,
  passed: Passed,
  attributes: readonly string[],
): GroupThreshold {
  const weights = confusionAtCut(counts, cut);
  const rows = rowsAtCut(counts, cut);
  const size = rowsOf(counts);
  const outcomes = Object.keys(rows) as (keyof Confusion)[];
  return {
    group: Object.fromEntries(attributes.map((name, index) => [name, key[index] ?? null])),
    ...(threshold !== undefined && { threshold }),
    rows: isTooSmall(size) ? null : passed.count(size),
    counts: Object.fromEntries(
      outcomes.map((outcome) => [outcome, isTooSmall(rows[outcome]) ? null : passed.count(weights[outcome])]),
    ) as GroupThreshold["counts"],
    rates: Object.fromEntries(
      REPORTED_RATES.map((rate) => {
        const { value } = rateOf(rate, weights);
        const isKept = value !== null && !isTooSmall(rateOf(rate, rows).denominator);
        return [rate, isKept ? passed.rate(value) : null];
      }),
    ) as GroupThreshold["rates"],
  };
}

function notesOf(choices: readonly Choice[], isRounded: boolean, isLeftOut: boolean): string[] {
  const notes: string[] = [];
  if (new Set(choices.map(({ threshold }) => threshold)).size > 1)
    notes.push(
      "thresholds that differ by group need the attribute at every decision; whether that is permitted has to be asked before they are used",
    );
  if (isRounded)
    notes.push(
      `in what is exported, counts of fewer than ${SMALL_CELL} rows, and rates among fewer, are left out; the other counts are rounded to multiples of ${SMALL_CELL}, rates to three digits`,
    );
  if (isLeftOut)
    notes.push(
      `in what is exported, the threshold of a group of fewer than ${SMALL_CELL} rows is left out where no larger group has the same: it could be the score of one person; take one threshold for all, or join such groups`,
    );
  notes.push("chosen on this table: on other rows rates and cost differ");
  return notes;
}
