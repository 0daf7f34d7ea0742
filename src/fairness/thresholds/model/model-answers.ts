/** What src/python/predict.py answers. */

import * as z from "zod/mini";

/** A problem is a sentence for the person. */
export const modelReply = z.union([
  z.object({ id: z.number(), answer: z.unknown() }),
  z.object({ id: z.number(), problem: z.string() }),
]);

export const loadedModel = z.object({
  /** Its type: "Pipeline", "function". */
  what: z.string(),
  method: z.enum(["predict_proba", "decision_function", "predict", "call"]),
  /** Those it was trained on, in their order; null where it does not say. */
  columns: z.nullable(z.array(z.string())),
  /** Its class that scores are of; null for a function and a regression. */
  positive: z.nullable(z.string()),
  python: z.string(),
  executable: z.string(),
  notes: z.array(z.string()),
});
export type LoadedModel = z.infer<typeof loadedModel>;

/** One per row, in their order; finite. */
export const modelScores = z.object({ scores: z.array(z.number()) });
