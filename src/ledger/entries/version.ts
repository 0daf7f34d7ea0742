/** A name and a number for a model that a run wrote. */

import * as z from "zod/mini";
import { sha256 } from "./fields.ts";

export const versionBody = z.object({
  /** SHA-256 of the model's file. */
  artefact: sha256,
  /** The run's entry that lists the file. */
  run: sha256,
  name: z.string().check(z.minLength(1)),
  /** Semantic Versioning 2.0.0. */
  version: z.string(),
  author: z.optional(z.string()),
  fairwatt: z.string(),
});

export type VersionBody = z.infer<typeof versionBody>;
