/** A measured inference: what a model needs for a thousand units in its steady state. */

import * as z from "zod/mini";
import { gridBasis, hardware } from "../../energy/journal.ts";
import { quantityRecord, sha256 } from "./fields.ts";

/** A value with its range, in the unit that its name says. */
const ranged = z.object({ value: z.number(), low: z.number(), high: z.number(), method: z.string() });

export const benchBody = z.object({
  /** Run whose journals hold the readings. */
  run: z.string(),
  /** The run's entry. */
  entry: sha256,
  name: z.string(),
  /** What was counted, in the plural: "requests", "images". */
  unit: z.string(),
  counted: z.object({
    by: z.enum(["marks", "output", "request log", "load"]),
    /** The regular expression, for output and request log. */
    pattern: z.optional(z.string()),
    /** The request log, relative to the project's folder where it lies there. */
    file: z.optional(z.string()),
  }),
  /** Absent where nobody said which model it was. */
  model: z.optional(z.object({ artefact: sha256, path: z.string() })),
  /** Of a served model: what the user asked of it. */
  load: z.optional(
    z.object({
      /** Without user, password and query. */
      url: z.string(),
      method: z.string(),
      /** Requests under way at once; or `rate`, requests started per second. */
      concurrency: z.optional(z.number()),
      rate: z.optional(z.number()),
      seconds: z.number(),
      body: z.optional(z.object({ bytes: z.number(), sha256 })),
      requests: z.number(),
      /** Answers that were none, or not 2xx: not counted as units. */
      failed: z.number(),
    }),
  ),
  warmUp: z.object({ seconds: z.number(), units: z.number(), chosen: z.enum(["detected", "given"]) }),
  steady: z.object({ seconds: z.number(), units: z.number(), pieces: z.number(), method: z.string() }),
  /** Per 1,000 units. Absent where it could not be measured; `notices` say why. */
  energyPer1000: z.optional(quantityRecord),
  footprintPer1000: z.optional(quantityRecord),
  pue: z.number(),
  grid: z.optional(gridBasis),
  hardware: z.optional(hardware),
  /** Units per second. */
  throughput: ranged,
  /** Seconds. */
  latency: z.optional(
    z.object({ p50: z.number(), p95: z.number(), p99: z.number(), count: z.number(), method: z.string() }),
  ),
  peakMemory: z.optional(z.object({ bytes: z.number(), method: z.string() })),
  notices: z.optional(z.array(z.string())),
  author: z.optional(z.string()),
  fairwatt: z.string(),
});

export type BenchBody = z.infer<typeof benchBody>;
