/** Mitigation by a library: what its Python file is asked, and what it answers. */

import * as z from "zod/mini";
import { groupName } from "../metrics/groups.ts";
import { type Column, MISSING } from "../table/column.ts";
import type { BinaryTable } from "../table/scored-table.ts";
import { libraryAnswer } from "./library-answer.ts";

export const MITIGATION_METHODS = ["reweighing", "exponentiated-gradient", "threshold-optimizer"] as const;
export type MitigationMethod = (typeof MITIGATION_METHODS)[number];

export const CONSTRAINTS = [
  "demographic_parity",
  "equalized_odds",
  "true_positive_rate_parity",
  "false_positive_rate_parity",
] as const;
export type Constraint = (typeof CONSTRAINTS)[number];

export const OBJECTIVES = ["accuracy_score", "balanced_accuracy_score"] as const;
export type Objective = (typeof OBJECTIVES)[number];

export interface MitigationSettings {
  method: MitigationMethod;
  constraint: Constraint;
  /** What the threshold optimizer keeps as high as it can. */
  objective: Objective;
  /** Difference that the exponentiated gradient accepts. */
  bound: number;
  /** Trainings of the exponentiated gradient, at most. */
  maxIterations: number;
  /** Points of the threshold optimizer's search. */
  gridSize: number;
  /** Part of each group and label that is kept for before and after; 0: all rows are both. */
  testShare: number;
  seed: number;
  /** joblib or pickle file of the user's own model; loading it runs its code. */
  estimator?: string;
  /** Where the mitigated model goes. */
  save?: string;
}

export const MITIGATION_SETTINGS: Omit<MitigationSettings, "method"> = {
  constraint: "demographic_parity",
  objective: "accuracy_score",
  bound: 0.01,
  maxIterations: 50,
  gridSize: 1000,
  testShare: 0.3,
  seed: 1,
};

/** `scores`: the table's own scores and predictions are mitigated, instead of a model that is trained on its features. */
export function mitigationRequest(table: BinaryTable, settings: MitigationSettings, scores: boolean): object {
  return {
    label: Array.from(table.label),
    group: groupsOf(table),
    ...(scores && { score: Array.from(table.score!), prediction: Array.from(table.prediction) }),
    positive: table.positive,
    features: scores ? [] : table.features.map(featureOf),
    constraint: settings.constraint,
    objective: settings.objective,
    bound: settings.bound,
    max_iterations: settings.maxIterations,
    grid_size: settings.gridSize,
    test_share: settings.testShare,
    seed: settings.seed,
    estimator: settings.estimator ?? null,
    save: settings.save ?? null,
  };
}

/** Several sensitive columns are an intersection; a missing value is a value. */
export function groupsOf({ sensitive, rows }: BinaryTable): string[] {
  return Array.from({ length: rows }, (_, row) =>
    groupName(sensitive.map(({ codes, levels }) => (codes[row] === MISSING ? null : levels[codes[row]!]!))),
  );
}

function featureOf(column: Column): object {
  if (column.kind === "category")
    return { name: column.name, levels: column.levels, codes: Array.from(column.codes) };
  // JSON has no NaN.
  return {
    name: column.name,
    values: Array.from(column.values, (value) => (Number.isNaN(value) ? null : value)),
  };
}

const binary = z.array(z.union([z.literal(0), z.literal(1)]));

const outcome = z.object({
  /** Places of the rows. */
  train: z.array(z.number()),
  test: z.array(z.number()),
  /** Predictions for the rows of `test`, 1: positive; absent where there was nothing to train on. */
  before: z.optional(binary),
  after: z.optional(binary),
  /** Reweighing: of the rows of `train`, and per group and label ("NaN" where no row has both). */
  weights: z.optional(z.array(z.number())),
  factors: z.optional(
    z.array(z.object({ group: z.string(), label: z.number(), weight: z.union([z.number(), z.string()]) })),
  ),
  /** Threshold optimizer: p0 times the first rule plus p1 times the second; with p_ignore a constant chance instead. */
  thresholds: z.optional(
    z.array(
      z.object({
        group: z.string(),
        p0: z.number(),
        operation0: z.string(),
        p1: z.number(),
        operation1: z.string(),
        p_ignore: z.optional(z.number()),
        prediction_constant: z.optional(z.number()),
      }),
    ),
  ),
  /** Exponentiated gradient: models in the mixture, and how often one was trained. */
  models: z.optional(z.number()),
  trainings: z.optional(z.number()),
});
export type MitigationOutcome = z.infer<typeof outcome>;

export const mitigationAnswer = z.object({ ...libraryAnswer.shape, results: z.array(outcome) });
