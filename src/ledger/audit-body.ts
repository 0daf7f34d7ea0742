/** What the ledger keeps of an audit. Pure. */

import type { Audit, Estimate } from "../fairness/audit/audit.ts";
import type { AnyAudit } from "../fairness/audit/audit-table.ts";
import type { LimitResult } from "../fairness/audit/limits.ts";
import type { Ll144 } from "../fairness/audit/ll144.ts";
import { groupTablesOf } from "./audit-groups.ts";
import { qualityOf } from "./audit-quality.ts";
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
  const quality = qualityOf(audit);
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
    },
    measures: measuresOf(audit),
    ...(quality.length > 0 && { quality }),
    groups: groupTablesOf(audit, evidence.below),
    limits: evidence.limits.map(({ limit, by, broken, finding }) => ({ limit, by, broken, finding })),
    ...(evidence.limitsSet && { limitsSet: evidence.limitsSet }),
    ...(evidence.ll144 && { ll144: evidence.ll144 }),
    ...(audit.notes.length > 0 && { notices: audit.notes }),
    ...(evidence.author !== undefined && { author: evidence.author }),
    fairwatt: evidence.fairwatt,
  };
}

const NO_RATIO: Estimate = { value: null, interval: null, remark: "none is made" };

function measuresOf(audit: AnyAudit): AuditBody["measures"] {
  if (audit.task === "binary") return binaryMeasures(audit, "");
  const one = (by: string[], measure: string, convention: string, difference: Estimate) => ({
    by,
    measure,
    convention,
    difference: recorded(difference),
    ratio: recorded(NO_RATIO),
  });
  if (audit.task === "multiclass")
    return [
      ...audit.groupings.map(({ attributes, accuracyGap }) =>
        one(attributes, "accuracy", "largest minus smallest among groups that are not small", accuracyGap),
      ),
      ...audit.byClass.flatMap(({ class: name, audit: each }) => binaryMeasures(each, ` of class ${name}`)),
    ];
  return audit.groupings.flatMap(({ attributes, meanErrorGap, largestDistance }) => [
    one(
      attributes,
      "mean_error",
      "largest minus smallest among groups that are not small, in the label's unit",
      meanErrorGap,
    ),
    one(
      attributes,
      "prediction_distance",
      "largest Kolmogorov-Smirnov distance of a group's predictions to those of all rows",
      largestDistance,
    ),
  ]);
}

function binaryMeasures({ groupings }: Audit, ofClass: string): AuditBody["measures"] {
  return groupings.flatMap(({ attributes, measures }) =>
    measures.map(({ name, convention, difference, ratio }) => ({
      by: attributes,
      measure: `${name}${ofClass}`,
      convention,
      difference: recorded(difference),
      ratio: recorded(ratio),
    })),
  );
}

function recorded({ value, interval, remark }: Estimate): AuditBody["measures"][number]["difference"] {
  return {
    value,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    method: interval?.method ?? remark ?? "no range",
  };
}
