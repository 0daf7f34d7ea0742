/** The columns of a table with what they are taken for: what `fairwatt columns --json` says. Pure. */

import * as z from "zod/mini";
import { TASKS } from "../../fairness/table/roles.ts";

const guessed = <T extends z.ZodMiniType>(value: T) => z.object({ value, why: z.string() });

const columnSummary = z.object({
  name: z.string(),
  kind: z.enum(["number", "text"]),
  distinct: z.number(),
  values: z.array(z.string()),
  missing: z.number(),
  range: z.nullable(z.object({ low: z.number(), high: z.number() })),
});

export const tableColumns = z.object({
  source: z.string(),
  /** Rows that were looked at: the first ones. */
  rows: z.number(),
  columns: z.array(columnSummary),
  guess: z.object({
    task: guessed(z.enum(TASKS)),
    label: z.optional(guessed(z.string())),
    prediction: z.optional(guessed(z.string())),
    score: z.optional(guessed(z.string())),
    threshold: z.optional(guessed(z.number())),
    positive: z.optional(guessed(z.string())),
    favourable: guessed(z.enum(["positive", "negative"])),
    weight: z.optional(guessed(z.string())),
    sensitive: z.array(guessed(z.string())),
    left: z.array(z.object({ column: z.string(), why: z.string() })),
  }),
});

export type ColumnSummary = z.infer<typeof columnSummary>;
export type TableColumns = z.infer<typeof tableColumns>;
