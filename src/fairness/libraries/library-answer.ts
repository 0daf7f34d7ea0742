/** What an adapter of a library prints: one JSON object for each request, checked before anything of it is used. */

import * as z from "zod/mini";

/** A number; "NaN", "Infinity", "-Infinity"; "true" or "false" of a flag; or "SomeError: ..." where the library raises. */
const value = z.union([z.number(), z.string()]);

export const LIBRARY_NAMES = ["fairlearn", "aif360", "aequitas"] as const;
export type LibraryName = (typeof LIBRARY_NAMES)[number];

const adapter = z.object({
  library: z.string(),
  /** null where the library is not installed. */
  version: z.nullable(z.string()),
  python: z.string(),
  executable: z.string(),
  /** Versions of pandas, numpy and so on. */
  dependencies: z.record(z.string(), z.string()),
});

/** Why there are no numbers. */
const reason = z.object({
  code: z.enum(["missing_module", "incompatible_version", "exception", "no_interpreter", "no_answer"]),
  module: z.nullable(z.string()),
  message: z.string(),
  /** Words of the command that would install what is missing; for the person to run, never run by Fairwatt. */
  install: z.nullable(z.array(z.string())),
});
export type LibraryReason = z.infer<typeof reason>;

export const libraryAnswer = z.object({
  schema: z.literal("fairwatt.library/1"),
  adapter,
  status: z.enum(["ok", "unavailable", "error"]),
  reason: z.nullable(reason),
  results: z.array(
    z.object({
      /** Sensitive columns. */
      by: z.array(z.string()),
      /** Which of the library's interfaces. */
      view: z.enum(["fairlearn", "aif360", "aif360.sklearn", "aequitas"]),
      /** Rows without a value of a sensitive column that the library would not take. */
      left_out: z.number(),
      values: z.record(z.string(), value),
    }),
  ),
  warnings: z.array(z.string()),
  timing_ms: z.number(),
});
export type LibraryAnswer = z.infer<typeof libraryAnswer>;
export type LibraryAdapter = z.infer<typeof adapter>;
export type LibraryView = LibraryAnswer["results"][number]["view"];
