/** What is said between the explorer's worker thread and who started it. All of it can be cloned. */

import type { Roles } from "../table/roles.ts";
import type { Distance, NearestAnswer } from "./counterfactual.ts";
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

export interface Answers {
  open: { ask: OpenAsk; answer: OpenedTable };
  /** The same rows with one more attribute, the last of the keys: a feature, numbers in bins of about as many rows. */
  facet: { ask: { feature: string }; answer: { cells: ScoreCell[] } };
  nearest: { ask: NearestAsk; answer: NearestAnswer };
}

export type Kind = keyof Answers;
export type Request = { [K in Kind]: { id: number; kind: K; ask: Answers[K]["ask"] } }[Kind];
export type Response =
  | { id: number; answer: unknown }
  /** `place`: what is wrong is the table or its columns, which a person can mend. */
  | { id: number; error: string; isTable: boolean }
  | { id: number; rows: number; part?: number };
