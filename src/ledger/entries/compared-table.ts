/** A table of a comparison, and who made it: what drift and challenge entries share. */

import * as z from "zod/mini";
import { sha256 } from "./fields.ts";

export const comparedTable = z.object({
  /** Relative to the project's folder, with "/"; the table's own path where it lies outside. */
  file: z.string(),
  /** Run whose artefact the table is, where that is known. */
  run: z.optional(z.string()),
  sha256,
  bytes: z.number(),
  rows: z.number(),
  columns: z.object({
    label: z.string(),
    prediction: z.optional(z.string()),
    score: z.optional(z.string()),
    /** A row is predicted positive from this score on. */
    threshold: z.optional(z.number()),
    sensitive: z.array(z.string()),
  }),
  positive: z.string(),
});

/** After minus before; null: not estimable, or without a range. */
export const change = z.object({
  value: z.nullable(z.number()),
  low: z.nullable(z.number()),
  high: z.nullable(z.number()),
  /** How the range was made. */
  method: z.string(),
});

export const comparison = {
  before: comparedTable,
  after: comparedTable,
  author: z.optional(z.string()),
  fairwatt: z.string(),
};

export type ComparedTable = z.infer<typeof comparedTable>;
export type Change = z.infer<typeof change>;
