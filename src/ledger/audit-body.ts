/** What the ledger keeps of an audit. Pure. */

import type { AnyAudit } from "../fairness/audit/audit-table.ts";
import type { LimitResult } from "../fairness/audit/limits.ts";
import type { Ll144 } from "../fairness/audit/ll144.ts";
import { protect } from "../fairness/audit/small-cells.ts";
import { groupTablesOf } from "./audit-groups.ts";
import { limitsOf } from "./audit-limits.ts";
import { measuresOf } from "./audit-measures.ts";
import { qualityOf } from "./audit-quality.ts";
import { threeDigits } from "./audit-told.ts";
import type { AuditBody, LimitsSet } from "./entry.ts";

/** What an audit's entry has beside the audit. */
export interface AuditEvidence {
  /** The table, relative to the project's folder with "/". */
  file: string;
  run?: string;
  /** Of the table's bytes. */
  sha256: string;
  bytes: number;
  columns: AuditBody["columns"];
  limits: readonly LimitResult[];
  limitsSet?: LimitsSet;
  ll144?: Ll144;
  /** Counts of fewer people are left out. */
  below: number;
  author?: string;
  /** Version of Fairwatt that writes the entry. */
  fairwatt: string;
}

export function auditBodyFrom(audit: AnyAudit, evidence: AuditEvidence): AuditBody {
  const { settings } = audit;
  const { below } = evidence;
  const passed = protect({ audit }, below);
  const { rounded } = passed.protection;
  const { notes } = passed.value.audit;
  const quality = qualityOf(audit, below, rounded);
  const measures = measuresOf(audit, below, rounded);
  return {
    file: evidence.file,
    ...(evidence.run !== undefined && { run: evidence.run }),
    sha256: evidence.sha256,
    bytes: evidence.bytes,
    rows: audit.rows,
    columns: evidence.columns,
    task: audit.task,
    ...(audit.task === "binary" && {
      positive: audit.positive,
      favourable: audit.favourable,
      ...(audit.threshold !== null && { threshold: audit.threshold }),
    }),
    settings: {
      level: settings.level,
      alpha: settings.alpha,
      replicates: settings.replicates,
      bootstrap: settings.bootstrap,
      seed: settings.seed,
      minRows: settings.small.minRows,
      minDenominator: settings.small.minDenominator,
      tolerance: settings.tolerance,
      power: settings.power,
    },
    measures,
    ...(quality.length > 0 && { quality }),
    ...(audit.task === "binary" && {
      inequality: {
        theil: audit.entropy.theil === null ? null : threeDigits(audit.entropy.theil),
        convention: audit.entropy.convention,
      },
    }),
    groups: groupTablesOf(audit, passed),
    limits: limitsOf(audit, evidence.limits, { measures, below, rounded }),
    ...(evidence.limitsSet && { limitsSet: evidence.limitsSet }),
    ...(evidence.ll144 && { ll144: evidence.ll144 }),
    ...(notes.length > 0 && { notices: notes }),
    ...(evidence.author !== undefined && { author: evidence.author }),
    fairwatt: evidence.fairwatt,
  };
}
