/** What `fairwatt report`, `models` and `ledger log` print with --json, as far as the editor asks. Pure. */

import * as z from "zod/mini";

export const documentList = z.array(z.object({ id: z.string(), title: z.string(), summary: z.string() }));

export const writtenDocuments = z.array(
  z.object({
    document: z.string(),
    file: z.string(),
    outcome: z.enum(["written", "kept"]),
    reason: z.optional(z.string()),
  }),
);

export const loggedTypes = z.array(z.object({ type: z.string() }));
export const listedModels = z.array(z.unknown());

export type ListedDocument = z.infer<typeof documentList>[number];
export type WrittenFile = z.infer<typeof writtenDocuments>[number];
