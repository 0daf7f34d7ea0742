/** A word on an entry that is wrong: entries are never edited. */

import * as z from "zod/mini";
import { sha256 } from "./fields.ts";

export const correctionBody = z.object({
  /** The entry that is wrong. */
  corrects: sha256,
  /** What is wrong with it, for a reader. */
  reason: z.string().check(z.minLength(1)),
  /** The entry that counts in its place; none: it does not count at all. */
  replacement: z.optional(sha256),
  author: z.optional(z.string()),
  fairwatt: z.string(),
});

export type CorrectionBody = z.infer<typeof correctionBody>;
