/** Ways to choose a threshold for each group, named as the What-If Tool (Wexler et al. 2019, arXiv 1907.04135) names them. */

import type { Confusion } from "../metrics/confusion.ts";
import { type RateName, rateOf } from "../metrics/rates.ts";
import type { ScoreGroup } from "./score-cells.ts";
import { confusionAtCut } from "./score-counts.ts";

export const STRATEGIES = [
  "custom",
  "single",
  "group",
  "demographic_parity",
  "equal_opportunity",
  "equal_accuracy",
] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** Strategies that are computed; "custom" is a person's own choice. */
export type ComputedStrategy = Exclude<Strategy, "custom">;

export interface StrategyDefinition {
  label: string;
  definition: string;
  /** The rate that the groups are to share; absent where none is. */
  equal?: RateName;
}

export const STRATEGY_DEFINITIONS: Record<Strategy, StrategyDefinition> = {
  custom: { label: "custom", definition: "each group's threshold as it was set by hand" },
  single: { label: "single threshold", definition: "one threshold for everyone, of the lowest cost" },
  group: { label: "group thresholds", definition: "each group's threshold of the lowest cost" },
  demographic_parity: {
    label: "demographic parity",
    definition: "equal selection rates, at the lowest cost",
    equal: "selection_rate",
  },
  equal_opportunity: {
    label: "equal opportunity",
    definition: "equal true positive rates, at the lowest cost",
    equal: "true_positive_rate",
  },
  equal_accuracy: {
    label: "equal accuracy",
    definition: "equal accuracy, at the lowest cost",
    equal: "accuracy",
  },
};

/** "exact": all distinct scores of the table; "wit": the What-If Tool's grid of 101 thresholds and its search. */
export type SearchMode = "exact" | "wit";
export const SEARCH_MODES: readonly SearchMode[] = ["exact", "wit"];

/** A group's threshold. */
export interface Choice {
  /** Positive when score >= threshold; Infinity: nobody. */
  threshold: number;
  /** Place in the group's scores from which on rows are predicted positive. */
  cut: number;
}

export interface StrategySettings {
  /** Cost of a false positive over that of a false negative. */
  costRatio: number;
  mode: SearchMode;
  /** Largest gap that counts as equal, of rates from 0 to 1. Exact search only: the other takes the closest. */
  tolerance: number;
}

export const STRATEGY_SETTINGS: StrategySettings = { costRatio: 1, mode: "exact", tolerance: 0.02 };

/** Errors, those that select wrongly times their cost: rows, or weights where there are weights. */
export const costOf = ({ fp, fn }: Confusion, costRatio: number): number => fp * costRatio + fn;

export const costAt = ({ counts }: ScoreGroup, cut: number, costRatio: number): number =>
  costOf(confusionAtCut(counts, cut), costRatio);

/** The rate at a cut; NaN where it is not estimable. */
export const rateAt = (rate: RateName, { counts }: ScoreGroup, cut: number): number =>
  rateOf(rate, confusionAtCut(counts, cut)).value ?? Number.NaN;
