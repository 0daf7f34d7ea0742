/** What `fairwatt audit` was called with, as roles, settings and limits. */

import { type Limit, parseLimit } from "../fairness/audit/limits.ts";
import type { AuditSettings } from "../fairness/audit/settings.ts";
import type { Roles } from "../fairness/table/roles.ts";

export const CONVENTIONS = ["native", "fairlearn", "aif360", "aequitas", "all"] as const;

export interface AuditArguments {
  label?: string;
  prediction?: string;
  score?: string;
  threshold?: string;
  sensitive?: string;
  weight?: string;
  positive?: string;
  favourable?: string;
  reference?: string[];
  limit?: string[];
  strict?: boolean;
  convention?: string;
  replicates?: string;
  seed?: string;
  tolerance?: string;
  leaveOutIncomplete?: boolean;
  /** Also searches for causes, in all columns of the table. */
  causes?: boolean;
  run?: string;
  /** false with --no-ledger. */
  ledger?: boolean;
  json?: boolean;
  cwd: string;
}

export interface AuditRequest {
  roles: Roles;
  settings: Partial<AuditSettings>;
  limits: Limit[];
  convention: (typeof CONVENTIONS)[number];
}

/** Throws a RangeError that says what to write instead. */
export function auditRequest(options: AuditArguments): AuditRequest {
  const { label } = options;
  const sensitive = (options.sensitive ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
  if (!label) throw new RangeError("name the column with the true outcome: --label COLUMN");
  if (sensitive.length === 0) throw new RangeError("name the sensitive columns: --sensitive sex,age_group");
  const favourable = options.favourable ?? "positive";
  if (favourable !== "positive" && favourable !== "negative")
    throw new RangeError('--favourable is "positive" or "negative": which prediction is good for the person');
  const convention = (options.convention ?? "native") as AuditRequest["convention"];
  if (!CONVENTIONS.includes(convention))
    throw new RangeError(
      `there is no convention "${convention}"; the conventions are ${CONVENTIONS.join(", ")}`,
    );
  return {
    roles: {
      task: "binary",
      label,
      sensitive,
      favourable,
      ...(options.prediction !== undefined && { prediction: options.prediction }),
      ...(options.score !== undefined && { score: options.score }),
      ...(options.threshold !== undefined && { threshold: decimal("--threshold", options.threshold) }),
      ...(options.weight !== undefined && { weight: options.weight }),
      ...(options.positive !== undefined && { positive: options.positive }),
      ...(options.causes && { features: "all" as const }),
      incomplete: options.leaveOutIncomplete ? "leave-out" : "refuse",
    },
    settings: {
      ...(options.replicates !== undefined && {
        replicates: whole("--replicates", options.replicates, 0, 100_000),
      }),
      ...(options.seed !== undefined && { seed: whole("--seed", options.seed, 0, 2 ** 31 - 1) }),
      ...(options.tolerance !== undefined && { tolerance: tolerance(options.tolerance) }),
      reference: Object.fromEntries((options.reference ?? []).map(reference)),
    },
    limits: (options.limit ?? []).map(parseLimit),
    convention,
  };
}

function reference(text: string): [string, string] {
  const at = text.indexOf("=");
  if (at < 1 || at === text.length - 1)
    throw new RangeError("write a reference group as --reference COLUMN=VALUE, such as sex=male");
  return [text.slice(0, at), text.slice(at + 1)];
}

function decimal(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value))
    throw new RangeError(`${option} must be a number, not "${text}"`);
  return value;
}

function tolerance(text: string): number {
  const value = decimal("--tolerance", text);
  if (!(value > 0 && value < 1)) throw new RangeError("--tolerance must lie between 0 and 1, such as 0.1");
  return value;
}

function whole(option: string, text: string, least: number, most: number): number {
  const value = decimal(option, text);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new RangeError(`${option} must be a whole number from ${least} to ${most}`);
  return value;
}
