/** One question that is asked of a file to learn whether its model is about persons. */

import type { TextRange } from "../../finding.ts";
import type { PythonFacts } from "../../python/python-facts.ts";
import type { PersonDataSet } from "./data-sets.ts";
import type { PersonColumns } from "./person-columns.ts";
import type { PredictedTarget } from "./predicted-target.ts";
import type { TrainingEvent } from "./training-event.ts";

/** What is known of a file before any question is asked. */
export interface Looked {
  facts: PythonFacts;
  events: readonly TrainingEvent[];
  columns: PersonColumns;
  /** How many columns are of something else: animals, ships, countries. */
  others: number;
  dataSet?: PersonDataSet & { range: TextRange };
  /** What the file says in words. */
  texts: string;
  /** Subjects with high stakes that those words name: "credit risk". */
  topics: readonly string[];
  target?: PredictedTarget;
}

/** How much hangs on the model, with the subject where only this question heard it; or that it decides about nobody. */
export type Answer = "high" | "low" | "nobody" | { stakes: "high"; topic: string };

/** `undefined`: this question tells nothing, the next is asked. */
export type Question = (looked: Looked) => Answer | undefined;

export const high =
  (holds: (looked: Looked) => boolean): Question =>
  (looked) =>
    holds(looked) ? "high" : undefined;

export const low =
  (holds: (looked: Looked) => boolean): Question =>
  (looked) =>
    holds(looked) ? "low" : undefined;

export const nobody =
  (holds: (looked: Looked) => boolean): Question =>
  (looked) =>
    holds(looked) ? "nobody" : undefined;
