/** A measured run. */

import * as z from "zod/mini";
import { gitState, gridBasis, hardware } from "../../energy/journal.ts";
import { quantityRecord, sha256 } from "./fields.ts";

/** A file that the run wrote; `path` is relative to its working folder, with "/". Without `sha256`, `note` says why. */
export const artefact = z.object({
  path: z.string(),
  bytes: z.number(),
  sha256: z.optional(sha256),
  note: z.optional(z.string()),
});

export const runBody = z.object({
  run: z.string(),
  name: z.string(),
  argv: z.array(z.string()),
  /** Relative to the project's folder. */
  cwd: z.string(),
  host: z.string(),
  state: z.enum(["finished", "failed", "stopped", "interrupted"]),
  exitCode: z.nullable(z.number()),
  signal: z.nullable(z.string()),
  startedAt: z.string(),
  endedAt: z.nullable(z.string()),
  durationSeconds: z.number(),
  /** Its process was there before; only what came after `age` seconds of its life is in the energy. */
  attached: z.optional(z.object({ age: z.number(), by: z.string() })),
  git: z.optional(gitState),
  hardware: z.optional(hardware),
  energy: quantityRecord,
  machineEnergy: quantityRecord,
  meters: z.array(z.object({ id: z.string(), label: z.string(), energy: quantityRecord, share: z.string() })),
  notCovered: z.array(z.string()),
  coverage: z.number(),
  pue: z.number(),
  grid: z.optional(gridBasis),
  footprint: z.optional(quantityRecord),
  artefacts: z.array(artefact),
  /** What a reader should know: lines that could not be read, limits that the search for artefacts met. */
  notices: z.optional(z.array(z.string())),
  /** Journal files of the run: name -> SHA-256 of their bytes. */
  journals: z.record(z.string(), sha256),
  /** The person (git's user.name <user.email>) where git knows one. */
  author: z.optional(z.string()),
  fairwatt: z.string(),
});

export type Artefact = z.infer<typeof artefact>;
export type RunBody = z.infer<typeof runBody>;
