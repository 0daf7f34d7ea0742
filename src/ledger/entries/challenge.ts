/** Whether a new model may replace the present one, by the groups on the same rows. */

import * as z from "zod/mini";
import { change, comparison } from "./compared-table.ts";

/** Checks of groups of few people stay out of a ledger, which is shared; they count in `passes`. */
export const challengeBody = z.object({
  ...comparison,
  /** Column that names each row in both tables; absent where the rows have the same order. */
  key: z.optional(z.string()),
  settings: z.object({
    margin: z.number(),
    replicates: z.number(),
    seed: z.number(),
    level: z.number(),
    /** Largest gap of the new model, per measure. */
    limits: z.record(z.string(), z.number()),
  }),
  /** Of all rows. */
  accuracy: z.object({
    before: z.number(),
    after: z.number(),
    p: z.number(),
    test: z.string(),
  }),
  checks: z.array(
    z.object({
      by: z.string(),
      /** "demographic parity may grow by at most 0.02" */
      what: z.string(),
      change,
      verdict: z.enum(["pass", "fail", "not enough data to tell"]),
    }),
  ),
  /** Checks that are not listed: of groups of few people, or beyond the number that an entry holds. */
  unlisted: z.number(),
  passes: z.boolean(),
});

export type ChallengeBody = z.infer<typeof challengeBody>;
