/** How the gaps of a model changed between two tables of different rows. */

import * as z from "zod/mini";
import { change, comparison } from "./compared-table.ts";

/** Of the gaps alone, among groups that are not small: counts and rates of groups stay out of a ledger, which is shared. */
export const driftBody = z.object({
  ...comparison,
  settings: z.object({
    replicates: z.number(),
    seed: z.number(),
    /** A gap may grow by at most this; absent where nothing was to be judged. */
    margin: z.optional(z.number()),
    /** Whether a gap that is not shown to have stayed within the margin counts as grown. */
    strict: z.boolean(),
  }),
  gaps: z.array(
    z.object({
      by: z.string(),
      measure: z.string(),
      before: z.nullable(z.number()),
      after: z.nullable(z.number()),
      change,
      verdict: z.optional(z.enum(["grew beyond the margin", "within the margin", "not enough data to tell"])),
    }),
  ),
  /** What the call came to: its exit code. */
  failed: z.boolean(),
});

export type DriftBody = z.infer<typeof driftBody>;
