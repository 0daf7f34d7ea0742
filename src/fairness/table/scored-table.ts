/** The scored table: what an audit computes from. One entry per row in every array. */

import type { CategoryColumn, Column } from "./column.ts";

interface ScoredRows {
  /** File or run that it comes from. */
  source: string;
  /** Rows that are audited. */
  rows: number;
  /** Each has its levels sorted by code point; an empty cell is MISSING and becomes a group of its own. */
  sensitive: CategoryColumn[];
  /** Finite and >= 0, one per row; absent where every row counts once. */
  weights?: Float64Array;
  /** Columns beside the roles, for the search for causes. */
  features: Column[];
  /** What a reader should know: rows left out, a positive class taken as read. */
  notes: string[];
}

export interface BinaryTable extends ScoredRows {
  task: "binary";
  /** 1: the row's class is `positive`. */
  label: Uint8Array;
  /** 1: predicted to be `positive`. */
  prediction: Uint8Array;
  /** Higher means more likely positive; unit and range are the model's. */
  score?: Float64Array;
  /** The prediction is score >= threshold; absent where the table has predictions of its own. */
  threshold?: number;
  positive: string;
  /** The other class; undefined where the table has only one. */
  negative: string | undefined;
  /** Whether a positive prediction is good for the person. */
  favourable: "positive" | "negative";
}

export interface MulticlassTable extends ScoredRows {
  task: "multiclass";
  classes: string[];
  /** Index into `classes`. */
  label: Int32Array;
  prediction: Int32Array;
}

export interface RegressionTable extends ScoredRows {
  task: "regression";
  /** In the label's own unit. */
  label: Float64Array;
  prediction: Float64Array;
}

export type ScoredTable = BinaryTable | MulticlassTable | RegressionTable;
