/** Reasons for adverse actions that were made from a table. */

import * as z from "zod/mini";
import { sha256 } from "./fields.ts";

/** No applicant and no value of one: a ledger is shared. Shares that stand for fewer people than are told of are null. */
export const reasonsBody = z.object({
  /** Relative to the project's folder, with "/"; the table's own path where it lies outside. */
  file: z.string(),
  sha256,
  bytes: z.number(),
  rows: z.number(),
  /** Adverse actions among them. */
  adverse: z.number(),
  /** "contributions of the table", or what SHAP was called with. */
  method: z.string(),
  /** What contributions are held against. */
  reference: z.string(),
  /** Name of the model's file or function, where it was asked. */
  model: z.optional(z.string()),
  higherMeans: z.enum(["approval", "denial"]),
  /** Most reasons that one action gets. */
  most: z.number(),
  features: z.array(
    z.object({
      feature: z.string(),
      /** What the consumer reads. */
      text: z.optional(z.string()),
      /** Part of the adverse actions that it is a principal reason of. */
      share: z.nullable(z.number()),
    }),
  ),
  /** Part of what spoke for denial that the listed reasons make up, over all adverse actions. */
  coverage: z.nullable(z.object({ mean: z.number(), lowest: z.number() })),
  checks: z.array(
    z.object({
      check: z.string(),
      state: z.enum(["nothing found", "found", "not checked"]),
      finding: z.string(),
    }),
  ),
  author: z.optional(z.string()),
  fairwatt: z.string(),
});

export type ReasonsBody = z.infer<typeof reasonsBody>;
