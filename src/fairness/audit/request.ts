/** What an audit is asked to do, from the settings of a table: those of the project file, changed by what a person gave. Pure. */

import {
  AUDIT_CONVENTIONS,
  type AuditConvention,
  type AuditTable,
  FOUR_FIFTHS,
  REGRESSION_LIMITS,
} from "../../config/audit-settings.ts";
import type { Roles } from "../table/roles.ts";
import { type Limit, limitsOf } from "./limits.ts";
import type { AuditSettings } from "./settings.ts";

export interface AuditRequest {
  roles: Roles;
  settings: Partial<AuditSettings>;
  limits: Limit[];
  /** A limit that cannot be decided counts as broken. */
  strict: boolean;
  convention: AuditConvention;
}

/** Throws a RangeError that says what is missing or does not go together. */
export function auditRequest(table: AuditTable): AuditRequest {
  const task = table.task ?? "binary";
  const { label, sensitive = [] } = table;
  if (!label) throw new RangeError("name the column with the true outcome: --label COLUMN");
  if (sensitive.length === 0) throw new RangeError("name the sensitive columns: --sensitive sex,age_group");
  const limits = limitsOf(table.limits ?? {});
  for (const { measure } of limits) {
    const isRegressions = (REGRESSION_LIMITS as readonly string[]).includes(measure);
    if (isRegressions !== (task === "regression") || (measure === FOUR_FIFTHS && task !== "binary"))
      throw new RangeError(`the limit ${measure} is none of a ${task} audit`);
  }
  return {
    roles: {
      task,
      label,
      sensitive,
      favourable: table.favourable ?? "positive",
      ...(table.prediction !== undefined && { prediction: table.prediction }),
      ...(table.score !== undefined && { score: table.score }),
      ...(table.threshold !== undefined && { threshold: table.threshold }),
      ...(table.weight !== undefined && { weight: table.weight }),
      ...(table.positive !== undefined && { positive: table.positive }),
      incomplete: table["leave-out-incomplete"] ? "leave-out" : "refuse",
    },
    settings: {
      ...(table.tolerance !== undefined && { tolerance: table.tolerance }),
      reference: table.reference ?? {},
    },
    limits,
    strict: table.strict ?? false,
    convention: table.convention ?? AUDIT_CONVENTIONS[0],
  };
}
