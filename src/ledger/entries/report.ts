/** A document that was written from the ledger. */

import * as z from "zod/mini";
import { sha256 } from "./fields.ts";

export const reportBody = z.object({
  /** Id of the document and version of its form. */
  document: z.string(),
  form: z.string(),
  title: z.string(),
  /** The id on its first page: the hash of what it says. An approval of this entry holds for documents of this id. */
  content: z.optional(sha256),
  /** The files written: the same document in one or more formats; paths relative to the project's folder, with "/". */
  files: z.array(z.object({ path: z.string(), bytes: z.number(), sha256 })),
  /** Entries that it was made from. */
  entries: z.array(sha256),
  /** Fields that are filled, and how many the form has. */
  filled: z.number(),
  fields: z.number(),
  /** The person (git's user.name <user.email>) where git knows one. */
  author: z.optional(z.string()),
  fairwatt: z.string(),
});

export type ReportBody = z.infer<typeof reportBody>;
