/** What the ledger keeps of an audit. Pure. */

import type { Audit, Estimate } from "../fairness/audit/audit.ts";
import type { LimitResult } from "../fairness/audit/limits.ts";
import type { AuditBody } from "./entry.ts";

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
  author?: string;
  /** Version of Fairwatt that writes the entry. */
  fairwatt: string;
}

export function auditBodyFrom(audit: Audit, evidence: AuditEvidence): AuditBody {
  const { settings } = audit;
  return {
    file: evidence.file,
    ...(evidence.run !== undefined && { run: evidence.run }),
    sha256: evidence.sha256,
    bytes: evidence.bytes,
    rows: audit.rows,
    columns: evidence.columns,
    positive: audit.positive,
    favourable: audit.favourable,
    ...(audit.threshold !== null && { threshold: audit.threshold }),
    settings: {
      level: settings.level,
      alpha: settings.alpha,
      replicates: settings.replicates,
      bootstrap: settings.bootstrap,
      seed: settings.seed,
      minRows: settings.small.minRows,
      minDenominator: settings.small.minDenominator,
      tolerance: settings.tolerance,
    },
    measures: audit.groupings.flatMap(({ attributes, measures }) =>
      measures.map(({ name, convention, difference, ratio }) => ({
        by: attributes,
        measure: name,
        convention,
        difference: recorded(difference),
        ratio: recorded(ratio),
      })),
    ),
    limits: evidence.limits.map(({ limit, by, broken, finding }) => ({ limit, by, broken, finding })),
    ...(audit.notes.length > 0 && { notices: audit.notes }),
    ...(evidence.author !== undefined && { author: evidence.author }),
    fairwatt: evidence.fairwatt,
  };
}

function recorded({ value, interval, remark }: Estimate): AuditBody["measures"][number]["difference"] {
  return {
    value,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    method: interval?.method ?? remark ?? "no range",
  };
}
