/**
 * Ledger entries, version 1. Each is a file `.fairwatt/ledger/<sha256>.json` holding canonical JSON (RFC 8785), named by
 * the hash of its bytes, citing the entries that were newest when it was written. Nothing is ever edited. The body of each
 * type is in entries/.
 */

import * as z from "zod/mini";
import { approvalBody } from "./entries/approval.ts";
import { auditBody } from "./entries/audit.ts";
import { benchBody } from "./entries/bench.ts";
import { challengeBody } from "./entries/challenge.ts";
import { correctionBody } from "./entries/correction.ts";
import { driftBody } from "./entries/drift.ts";
import { sha256 } from "./entries/fields.ts";
import { importedBody } from "./entries/imported.ts";
import { reasonsBody } from "./entries/reasons.ts";
import { reportBody } from "./entries/report.ts";
import { runBody } from "./entries/run.ts";
import { versionBody } from "./entries/version.ts";

export const LEDGER_VERSION = 1;

const entryOf = <T extends string, B extends z.ZodMiniType>(type: T, body: B) =>
  z.object({
    v: z.literal(LEDGER_VERSION),
    type: z.literal(type),
    time: z.string(),
    parents: z.array(sha256),
    body,
  });

const TYPES = [
  entryOf("run", runBody),
  entryOf("audit", auditBody),
  entryOf("drift", driftBody),
  entryOf("challenge", challengeBody),
  entryOf("bench", benchBody),
  entryOf("reasons", reasonsBody),
  entryOf("report", reportBody),
  entryOf("approval", approvalBody),
  entryOf("correction", correctionBody),
  entryOf("version", versionBody),
  entryOf("imported", importedBody),
] as const;

export const ledgerEntry = z.discriminatedUnion("type", TYPES);

/** Types whose fields this version knows. */
export const KNOWN_TYPES: readonly string[] = TYPES.flatMap(({ shape }) => [...shape.type.def.values]);

/** What every entry has, also of a type or version that this Fairwatt does not know. */
export const entryEnvelope = z.object({
  v: z.number(),
  type: z.string(),
  time: z.string(),
  parents: z.array(sha256),
  body: z.looseObject({}),
});

export type LedgerEntry = z.infer<typeof ledgerEntry>;
export type EntryEnvelope = z.infer<typeof entryEnvelope>;
export type { AuditBody, LimitsSet } from "./entries/audit.ts";
export type { Artefact, RunBody } from "./entries/run.ts";
