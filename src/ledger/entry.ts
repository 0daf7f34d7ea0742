/**
 * Ledger entries, version 1. Each is a file `.fairwatt/ledger/<sha256>.json` holding canonical JSON (RFC 8785), named by
 * the hash of its bytes, citing the entries that were newest when it was written. Nothing is ever edited.
 */

import * as z from "zod/mini";
import { gitState, gridBasis, hardware } from "../energy/journal.ts";

export const LEDGER_VERSION = 1;

const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));

const quantityFields = {
  value: z.number(),
  unit: z.string(),
  method: z.enum(["measured", "modelled", "estimated", "sourced"]),
  instrument: z.string(),
  covers: z.array(z.string()),
  low: z.number(),
  high: z.number(),
  basis: z.string(),
};
export const quantityRecord = z.object(quantityFields);

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

/** A value of an audit; null is "not estimable", or without a range. */
const estimate = z.object({
  value: z.nullable(z.number()),
  low: z.nullable(z.number()),
  high: z.nullable(z.number()),
  /** How the range was made. */
  method: z.string(),
});

/** Since when the limits stand, against what was audited: limits that are set after the test prove nothing. */
export const limitsSet = z.object({
  by: z.enum(["project file", "command line"]),
  /** Name of the project file. */
  file: z.optional(z.string()),
  state: z.optional(z.enum(["committed", "uncommitted", "not in version control"])),
  /** The commit that last changed them, and when it was made (its committer's clock). */
  commit: z.optional(z.string()),
  time: z.optional(z.string()),
  /** What their time is held against: the start of the run, or the last change of the table's file. */
  tested: z.object({ what: z.enum(["run", "table"]), time: z.string() }),
  /** Whether they were committed before that; never true for limits that were not. */
  before: z.boolean(),
});

/** What an audit found. Counts of groups stay out: a ledger is shared, and a count of three is three people. */
export const auditBody = z.object({
  /** Relative to the project's folder, with "/"; the table's own path where it lies outside. */
  file: z.string(),
  /** Run whose artefact the table is, where that is known. */
  run: z.optional(z.string()),
  sha256,
  bytes: z.number(),
  rows: z.number(),
  columns: z.object({
    label: z.string(),
    prediction: z.optional(z.string()),
    score: z.optional(z.string()),
    weight: z.optional(z.string()),
    sensitive: z.array(z.string()),
  }),
  /** Absent in entries of binary audits from before there were others. */
  task: z.optional(z.enum(["binary", "multiclass", "regression"])),
  positive: z.optional(z.string()),
  favourable: z.optional(z.enum(["positive", "negative"])),
  threshold: z.optional(z.number()),
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  measures: z.array(
    z.object({
      by: z.array(z.string()),
      measure: z.string(),
      convention: z.string(),
      difference: estimate,
      ratio: estimate,
    }),
  ),
  /** Limits that were asked for. "broken": false where the data did not suffice to tell. */
  limits: z.array(
    z.object({ limit: z.string(), by: z.array(z.string()), broken: z.boolean(), finding: z.string() }),
  ),
  /** Absent where there were no limits. */
  limitsSet: z.optional(limitsSet),
  notices: z.optional(z.array(z.string())),
  author: z.optional(z.string()),
  fairwatt: z.string(),
});

const entryOf = <T extends string, B extends z.ZodMiniType>(type: T, body: B) =>
  z.object({
    v: z.literal(LEDGER_VERSION),
    type: z.literal(type),
    time: z.string(),
    parents: z.array(sha256),
    body,
  });

export const ledgerEntry = z.discriminatedUnion("type", [
  entryOf("run", runBody),
  entryOf("audit", auditBody),
]);

/** Types whose fields this version knows. */
export const KNOWN_TYPES: readonly string[] = ["run", "audit"];

/** What every entry has, also of a type or version that this Fairwatt does not know. */
export const entryEnvelope = z.object({
  v: z.number(),
  type: z.string(),
  time: z.string(),
  parents: z.array(sha256),
  body: z.looseObject({}),
});

export type EntryEnvelope = z.infer<typeof entryEnvelope>;
export type Artefact = z.infer<typeof artefact>;
export type RunBody = z.infer<typeof runBody>;
export type AuditBody = z.infer<typeof auditBody>;
export type LimitsSet = z.infer<typeof limitsSet>;
