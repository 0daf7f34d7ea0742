/** What is said between the explorer's worker thread and who started it. All of it can be cloned. */

import type { Roles } from "../table/roles.ts";
import type { Distance, NearestAnswer } from "./counterfactual.ts";
import type { Dependence } from "./model/dependence-lines.ts";
import type { LoadedModel } from "./model/model-answers.ts";
import type { Changes } from "./model/model-columns.ts";
import type { ModelStart } from "./model/model-spec.ts";
import type { PickedRow } from "./picked-row.ts";
import type { Scatter } from "./scatter.ts";
import type { ScoreCell } from "./score-cells.ts";

export interface OpenAsk {
  /** Absolute. */
  file: string;
  /** With a score; a prediction or a threshold in it is not used. */
  roles: Roles;
}

/** A table as the explorer shows it. */
export interface OpenedTable {
  rows: number;
  /** Sensitive columns, in the order of the cells' keys. */
  attributes: string[];
  cells: ScoreCell[];
  weighted: boolean;
  positive: string;
  /** null where every row has the same class. */
  negative: string | null;
  /** Other columns, by which the rows can be sliced and compared. */
  features: string[];
  /** Columns that rows can be drawn over. */
  axes: string[];
  notes: string[];
}

export interface NearestAsk {
  /** From 0. */
  row: number;
  distance: Distance;
  /** The feature that the cells are sliced by. */
  facet?: string;
  /** Threshold of each cell, in the order of `cells`; Infinity: nobody. */
  thresholds: Float64Array;
}

export interface PlaceAsk {
  points: { row: number; changes: Changes }[];
  facet?: string;
}

export interface ScatterAsk {
  /** Of `axes`. */
  x: string;
  y: string;
  facet?: string;
}

export interface PredictAsk {
  /** From 0. */
  row: number;
  changes: Changes;
}

export interface PredictAnswer {
  /** The model's score of the row as the table has it. */
  before: number;
  after: number;
}

export interface DependenceAsk {
  feature: string;
  /** Rows to take the mean of, at most. */
  most: number;
  /** The row that has a line of its own, from 0. */
  row: number | null;
}

/** How far the model's scores of some rows are from those in the table. */
export interface Agreement {
  rows: number;
  median: number;
  largest: number;
}

export interface LoadAnswer {
  model: LoadedModel;
  /** Columns of the table that it is given. */
  given: string[];
  agreement: Agreement;
}

export interface Answers {
  open: { ask: OpenAsk; answer: OpenedTable };
  /** The same rows with one more attribute, the last of the keys: a feature, numbers in bins of about as many rows. */
  facet: { ask: { feature: string }; answer: { cells: ScoreCell[] } };
  nearest: { ask: NearestAsk; answer: NearestAnswer };
  row: { ask: { row: number }; answer: PickedRow };
  place: { ask: PlaceAsk; answer: { cells: (number | null)[] } };
  scatter: { ask: ScatterAsk; answer: Scatter };
  /** Another model than before ends the one before. */
  load: { ask: ModelStart; answer: LoadAnswer };
  predict: { ask: PredictAsk; answer: PredictAnswer };
  /** Cells are those of the table as it was opened, not of a facet. */
  dependence: { ask: DependenceAsk; answer: Dependence };
}

export type Kind = keyof Answers;
export type Request =
  | { [K in Kind]: { id: number; kind: K; ask: Answers[K]["ask"] } }[Kind]
  /** Nobody waits for the answer of that id any more. */
  | { id: number; kind: "cancel" }
  /** Nobody asks any more. */
  | { id: number; kind: "end" };
export type Response =
  | { id: number; answer: unknown }
  /** `isTable`: what is wrong is the table, its columns or the model, which a person can mend. */
  | { id: number; error: string; isTable: boolean }
  | { id: number; rows: number; part?: number }
  /** The Python that has the model, null when there is none any more. */
  | { pid: number | null };
