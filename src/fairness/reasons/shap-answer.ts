/** What src/python/shap_reasons.py answers, and how it is asked. */

import * as z from "zod/mini";
import { libraryAnswer } from "../libraries/library-answer.ts";
import type { SentColumn } from "../thresholds/model/model-columns.ts";
import type { ModelSpec } from "../thresholds/model/model-spec.ts";
import type { HigherMeans } from "./attributions.ts";

export type ShapRequest = ModelSpec & {
  /** Where modules of the user's are looked for. */
  folders: string[];
  columns: SentColumn[];
  positive: string;
  negative: string | null;
  /** Rows to explain, from 0; null: those on the wrong side of `threshold`. */
  adverse: number[] | null;
  threshold: number | null;
  higher: HigherMeans;
  reference: "approved" | "all";
  /** Rows of the reference population that stand for it. */
  background: number;
  seed: number;
};

const explained = z.object({
  features: z.array(z.string()),
  /** Rows that were explained, from 0. */
  rows: z.array(z.number()),
  /** One list per explained row. */
  contributions: z.array(z.array(z.number())),
  /** Of all rows. */
  scores: z.array(z.number()),
  replaced: z.array(z.array(z.number())),
  background: z.number(),
  method: z.string(),
  /** Name of the file, or "module:function". */
  model: z.string(),
  /** Class whose score it is; null for a regression or a function. */
  positive: z.nullable(z.string()),
});

export const shapAnswer = z.object({ ...libraryAnswer.shape, results: z.array(explained) });
