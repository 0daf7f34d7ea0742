/** What the columns of a table are for, as the editor keeps it and hands it on. Pure. */

import * as z from "zod/mini";
import type { AuditTable } from "../../config/audit-settings.ts";
import { TASKS, type Task } from "../../fairness/table/roles.ts";

/** Only roles: limits, tolerance and reference groups are the project file's, where a person writes them. */
export const auditRoles = z.object({
  /** Absent: binary. */
  task: z.optional(z.enum(TASKS)),
  label: z.string(),
  prediction: z.optional(z.string()),
  score: z.optional(z.string()),
  threshold: z.optional(z.number()),
  positive: z.optional(z.string()),
  favourable: z.enum(["positive", "negative"]),
  weight: z.optional(z.string()),
  sensitive: z.array(z.string()),
  leaveOutIncomplete: z.optional(z.boolean()),
});
export type AuditRoles = z.infer<typeof auditRoles>;

export const taskOf = ({ task }: Pick<AuditRoles, "task">): Task => task ?? "binary";

/** The roles that a project's settings name; undefined where they do not name all that an audit needs. */
export function rolesFromSettings(settings: AuditTable): AuditRoles | undefined {
  const { label, sensitive, prediction, score, threshold, positive, favourable, weight } = settings;
  if (label === undefined || sensitive === undefined) return undefined;
  const isDecided =
    score !== undefined && threshold !== undefined && (settings.task ?? "binary") === "binary";
  if (prediction === undefined && !isDecided) return undefined;
  return {
    ...(settings.task !== undefined && { task: settings.task }),
    label,
    sensitive,
    favourable: favourable ?? "positive",
    ...(prediction !== undefined && { prediction }),
    ...(score !== undefined && { score }),
    ...(threshold !== undefined && { threshold }),
    ...(positive !== undefined && { positive }),
    ...(weight !== undefined && { weight }),
    ...(settings["leave-out-incomplete"] && { leaveOutIncomplete: true }),
  };
}

/** `settings` with these roles and everything else as it was. */
export function withRoles(settings: AuditTable | undefined, roles: AuditRoles): AuditTable {
  const { leaveOutIncomplete, task, ...named } = roles;
  const {
    task: _task,
    label: _label,
    prediction: _prediction,
    score: _score,
    threshold: _threshold,
    positive: _positive,
    favourable: _favourable,
    weight: _weight,
    sensitive: _sensitive,
    "leave-out-incomplete": _incomplete,
    ...others
  } = settings ?? {};
  return {
    ...(task !== undefined && task !== "binary" && { task }),
    ...named,
    ...(leaveOutIncomplete && { "leave-out-incomplete": true }),
    ...others,
  };
}

/** Options of `fairwatt audit`: all of them, as one that is left out would be taken from the project file. */
export function roleOptions(roles: AuditRoles): string[] {
  const option = (name: string, value: string | number = "") => `--${name}=${value}`;
  return [
    option("task", taskOf(roles)),
    option("label", roles.label),
    option("score", roles.score),
    option("threshold", roles.threshold),
    option("prediction", roles.prediction),
    option("positive", roles.positive),
    option("favourable", roles.favourable),
    option("weight", roles.weight),
    option("sensitive", roles.sensitive.join(",")),
    ...(roles.leaveOutIncomplete ? ["--leave-out-incomplete"] : []),
  ];
}
