/** What documents are made from: the ledger's sound entries, oldest first. Pure. */

import type { EmbodiedTable } from "../carbon/accounting/sci.ts";
import { isAuditOf } from "../ledger/audited-run.ts";
import type { ApprovalBody } from "../ledger/entries/approval.ts";
import type { AuditBody } from "../ledger/entries/audit.ts";
import type { BenchBody } from "../ledger/entries/bench.ts";
import type { ReasonsBody } from "../ledger/entries/reasons.ts";
import type { ReportBody } from "../ledger/entries/report.ts";
import type { RunBody } from "../ledger/entries/run.ts";
import type { ModelVersion } from "../ledger/model-versions.ts";
import { type Quantity, sumQuantities } from "../quantity.ts";

export interface Recorded<Body> {
  /** Of the ledger entry. */
  hash: string;
  /** When it was written: ISO 8601, UTC. */
  time: string;
  body: Body;
}

/** A person's last word on the document of that id. */
export function decisionOn(
  { reports, approvals }: Evidence,
  content: string,
): Recorded<ApprovalBody> | undefined {
  const entries = new Set(reports.filter(({ body }) => body.content === content).map(({ hash }) => hash));
  return approvals.filter(({ body }) => entries.has(body.subject)).at(-1);
}

export type RecordedRun = Recorded<RunBody>;
export type RecordedAudit = Recorded<AuditBody>;

export interface Evidence {
  /** Name of the project's folder. */
  project: string;
  /** By their start. */
  runs: readonly RecordedRun[];
  /** By their time. */
  audits: readonly RecordedAudit[];
  /** Reasons for adverse actions, by their time. */
  reasons: readonly Recorded<ReasonsBody>[];
  /** Measured inference, by its time. */
  benches: readonly Recorded<BenchBody>[];
  /** Models that runs wrote, newest run first. */
  models: readonly ModelVersion[];
  /** Documents that were written before, and what people decided on them: no evidence of what was measured. */
  reports: readonly Recorded<ReportBody>[];
  approvals: readonly Recorded<ApprovalBody>[];
  /** What makers and others say of the making of hardware: ships with Fairwatt. */
  embodied: EmbodiedTable;
  /** Entries that were changed or cannot be read: not used, and said to be. */
  unsound: number;
  /** Runs, audits and reasons that a correction says are wrong: not used, and said to be. */
  corrected: number;
}

/** The same evidence for one run alone: its entry and the audits of its tables. */
export function evidenceOfRun(evidence: Evidence, run: string): Evidence {
  const runs = evidence.runs.filter(({ body }) => body.run === run);
  return {
    ...evidence,
    runs,
    audits: evidence.audits.filter(({ body }) => runs.some((each) => isAuditOf(body, each.body))),
    reasons: [],
  };
}

/** Time of the newest entry that is used; null where there is none. */
export function newestTime({ runs, audits, benches, reasons }: Evidence): string | null {
  const times = [...runs, ...audits, ...benches, ...reasons].map(({ time }) => time).sort();
  return times.at(-1) ?? null;
}

/** The run that began last. */
export const newestRun = ({ runs }: Evidence): RecordedRun | undefined => runs.at(-1);

/** Null where no meter was read: nothing measured is not zero. */
export const energyOfBody = ({ meters, energy }: RunBody): Quantity<"J"> | null =>
  meters.length > 0 ? (energy as Quantity<"J">) : null;

export const footprintOfBody = (body: RunBody): Quantity<"gCO2e"> | null =>
  (body.footprint as Quantity<"gCO2e"> | undefined) ?? null;

export interface EnergyTotal {
  runs: number;
  /** Of the runs that were metered; null where none was. */
  energy: Quantity<"J"> | null;
  /** Of the runs whose grid zone was known; null where none was. */
  footprint: Quantity<"gCO2e"> | null;
  /** Runs that no meter was read in: not inside `energy`. */
  unmetered: number;
  /** Metered runs whose zone nobody had said: not inside `footprint`. */
  unplaced: number;
  /** Runs that failed, were stopped or were interrupted: inside the sums. */
  unfinished: number;
  seconds: number;
}

/** Sums of runs; what is not inside is counted beside them. */
export function totalOf(runs: readonly RecordedRun[]): EnergyTotal {
  const bodies = runs.map(({ body }) => body);
  const energies = bodies.map(energyOfBody).filter((energy) => energy !== null);
  const footprints = bodies.map(footprintOfBody).filter((footprint) => footprint !== null);
  return {
    runs: runs.length,
    energy: energies.length > 0 ? sumQuantities("J", energies) : null,
    footprint: footprints.length > 0 ? sumQuantities("gCO2e", footprints) : null,
    unmetered: bodies.length - energies.length,
    unplaced: energies.length - footprints.length,
    unfinished: bodies.filter(({ state }) => state !== "finished").length,
    seconds: bodies.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0),
  };
}

/** The newest audit of each table, by the table's name. */
export function newestAudits({ audits }: Evidence): RecordedAudit[] {
  const byFile = new Map<string, RecordedAudit>();
  for (const audit of audits) byFile.set(audit.body.file, audit);
  return [...byFile.keys()].sort().map((file) => byFile.get(file)!);
}
