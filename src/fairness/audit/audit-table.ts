/** The audit of a scored table, whatever its task. Pure. */

import type { ScoredTable } from "../table/scored-table.ts";
import type { Audit } from "./audit.ts";
import { auditBinary } from "./audit-binary.ts";
import { auditMulticlass, type MulticlassAudit } from "./audit-multiclass.ts";
import { auditRegression, type RegressionAudit } from "./audit-regression.ts";
import type { AuditSettings } from "./settings.ts";

export type AnyAudit = Audit | MulticlassAudit | RegressionAudit;

/** Throws as the audits of the tasks do. The same table, settings and seed give the same audit. */
export function auditTable(
  table: ScoredTable,
  settings: Partial<AuditSettings> = {},
  signal?: AbortSignal,
): AnyAudit {
  if (table.task === "regression") return auditRegression(table, settings);
  if (table.task === "multiclass") return auditMulticlass(table, settings, signal);
  return auditBinary(table, settings, signal);
}
