/** Writes the entry of an audit. */

import * as path from "node:path";
import { gitAuthor } from "../energy/git-author.node.ts";
import type { AnyAudit } from "../fairness/audit/audit-table.ts";
import type { LimitResult } from "../fairness/audit/limits.ts";
import type { Ll144 } from "../fairness/audit/ll144.ts";
import type { Roles } from "../fairness/table/roles.ts";
import { FAIRWATT_VERSION } from "../version.ts";
import { auditBodyFrom } from "./audit-body.ts";
import type { LimitsSet } from "./entry.ts";
import { hashFile } from "./hash-file.node.ts";
import { writeInProject } from "./write-in-project.node.ts";

export interface AuditRecord {
  /** The project's folder. */
  project: string;
  /** The audited file, absolute. */
  table: string;
  audit: AnyAudit;
  roles: Roles;
  limits: readonly LimitResult[];
  limitsSet?: LimitsSet;
  ll144?: Ll144;
  /** Counts of fewer people are left out. */
  below: number;
  /** Id of the run that the table is of. */
  run?: string;
}

/** Returns the entry's hash. Throws the system's error where no ledger can be written, or the table can no longer be read. */
export async function recordAudit(record: AuditRecord): Promise<string> {
  const { project, table, roles } = record;
  const { sha256, bytes } = await hashFile(table);
  const author = await gitAuthor(project);
  const body = auditBodyFrom(record.audit, {
    file: pathInProject(project, table),
    ...(record.run !== undefined && { run: record.run }),
    sha256,
    bytes,
    columns: {
      label: roles.label,
      ...(roles.prediction !== undefined && { prediction: roles.prediction }),
      ...(roles.score !== undefined && { score: roles.score }),
      ...(roles.weight !== undefined && { weight: roles.weight }),
      sensitive: [...roles.sensitive],
    },
    limits: record.limits,
    ...(record.limitsSet && { limitsSet: record.limitsSet }),
    ...(record.ll144 && { ll144: record.ll144 }),
    below: record.below,
    ...(author !== undefined && { author }),
    fairwatt: FAIRWATT_VERSION,
  });
  return writeInProject(project, { type: "audit", time: new Date().toISOString(), body });
}

/** The file relative to the project's folder, with "/"; the file's own path where it lies outside. */
export function pathInProject(project: string, file: string): string {
  const relative = path.relative(project, file);
  return relative.startsWith("..") || path.isAbsolute(relative) ? file : relative.split(path.sep).join("/");
}
