/** What another tool had recorded, taken over from its file. Never a measurement of ours. */

import * as z from "zod/mini";
import { sha256 } from "./fields.ts";

/** A number as another tool gave it; null: it does not say how far off it may be. */
const sourced = z.object({
  value: z.number(),
  unit: z.enum(["J", "gCO2e"]),
  method: z.literal("sourced"),
  instrument: z.string(),
  covers: z.array(z.string()),
  low: z.nullable(z.number()),
  high: z.nullable(z.number()),
  basis: z.string(),
});

export const importedRecord = z.object({
  /** What the tool calls it: a run's id, a window. A later record of the same key continues this one and holds its energy. */
  key: z.string(),
  /** SHA-256 of what the file says of it, in canonical form: the same record is taken over once. */
  sha256,
  name: z.string(),
  /** As in the file where the zone of the clock is not told: "2024-05-20T12:00:00". */
  time: z.nullable(z.string()),
  timeIs: z.enum(["start", "end"]),
  durationSeconds: z.nullable(z.number()),
  energy: z.nullable(sourced),
  footprint: z.nullable(sourced),
  notices: z.optional(z.array(z.string())),
});

export const importedBody = z.object({
  tool: z.string(),
  /** Of the tool that wrote the file, where it says so. */
  toolVersion: z.optional(z.string()),
  /** How that tool comes to its numbers. */
  toolMethod: z.string(),
  /** Relative to the project's folder, with "/"; the file's own path where it lies outside. */
  file: z.string(),
  sha256,
  bytes: z.number(),
  records: z.array(importedRecord),
  author: z.optional(z.string()),
  fairwatt: z.string(),
});

export type Sourced = z.infer<typeof sourced>;
export type ImportedRecord = z.infer<typeof importedRecord>;
export type ImportedBody = z.infer<typeof importedBody>;
