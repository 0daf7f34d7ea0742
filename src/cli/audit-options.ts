/** What `fairwatt audit` was called with, as settings of the table: they go before those of the project file. */

import { AUDIT_CONVENTIONS, type AuditConvention, type AuditTable } from "../config/audit-settings.ts";
import { parseLimits } from "../fairness/audit/limits.ts";
import type { AuditSettings } from "../fairness/audit/settings.ts";
import { TASKS } from "../fairness/table/roles.ts";

export const AUDIT_FORMATS = ["text", "json", "md", "html"] as const;
export type AuditFormat = (typeof AUDIT_FORMATS)[number];

export interface AuditArguments {
  task?: string;
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
  /** A library that is asked for its own numbers, too, and the Python that has it. */
  engine?: string;
  python?: string;
  /** Keeps the settings in the project file. */
  remember?: boolean;
  run?: string;
  suppressBelow?: string;
  /** false with --no-ledger. */
  ledger?: boolean;
  format?: string;
  out?: string;
  /** The same as `--format json`. */
  json?: boolean;
  cwd: string;
}

/** `settings` of the project file with what the call says instead. Throws a RangeError that says what to write. */
export function withArguments(settings: AuditTable, options: AuditArguments): AuditTable {
  const own: AuditTable = { ...settings };
  const { prediction, threshold } = options;
  if (options.task !== undefined) own.task = oneOf("--task", options.task, TASKS);
  for (const role of ["label", "prediction", "score", "weight", "positive"] as const) {
    const given = options[role];
    // An empty text takes none, whatever the project file says.
    if (given === "") delete own[role];
    else if (given !== undefined) own[role] = given;
  }
  if (threshold === "") delete own.threshold;
  else if (threshold !== undefined) own.threshold = decimal("--threshold", threshold);
  // A prediction and a threshold of a score exclude each other: what is given takes the other's place.
  if (prediction && !threshold) delete own.threshold;
  if (threshold && !prediction) delete own.prediction;
  if (options.sensitive !== undefined) own.sensitive = columnsIn(options.sensitive);
  if (options.favourable !== undefined)
    own.favourable = oneOf("--favourable", options.favourable, ["positive", "negative"] as const);
  if (options.convention !== undefined) {
    if (!AUDIT_CONVENTIONS.includes(options.convention as AuditConvention))
      throw new RangeError(
        `there is no convention "${options.convention}"; the conventions are ${AUDIT_CONVENTIONS.join(", ")}`,
      );
    own.convention = options.convention as AuditConvention;
  }
  if (options.reference) own.reference = { ...own.reference, ...references(options.reference) };
  if (options.limit) own.limits = parseLimits(options.limit);
  if (options.strict) own.strict = true;
  if (options.tolerance !== undefined) own.tolerance = share("--tolerance", options.tolerance);
  if (options.leaveOutIncomplete) own["leave-out-incomplete"] = true;
  return own;
}

/** How it is computed; that is never kept in the project file. */
export function computing(options: AuditArguments): Partial<AuditSettings> {
  return {
    ...(options.replicates !== undefined && {
      replicates: whole("--replicates", options.replicates, 0, 100_000),
    }),
    ...(options.seed !== undefined && { seed: whole("--seed", options.seed, 0, 2 ** 31 - 1) }),
  };
}

export function formatOf({ format, json }: AuditArguments): AuditFormat {
  if (format === undefined) return json ? "json" : "text";
  return oneOf("--format", format, AUDIT_FORMATS);
}

export function smallestCount({ suppressBelow }: AuditArguments): number | undefined {
  return suppressBelow === undefined ? undefined : whole("--suppress-below", suppressBelow, 0, 1000);
}

const columnsIn = (text: string): string[] =>
  text
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);

function references(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf("=");
      if (at < 1 || at === text.length - 1)
        throw new RangeError("write a reference group as --reference COLUMN=VALUE, such as sex=male");
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

function oneOf<T extends string>(option: string, text: string, allowed: readonly T[]): T {
  if (!(allowed as readonly string[]).includes(text))
    throw new RangeError(`${option} is one of ${allowed.join(", ")}, not "${text}"`);
  return text as T;
}

function decimal(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value))
    throw new RangeError(`${option} must be a number, not "${text}"`);
  return value;
}

/** Above 0 and below 1. */
export function share(option: string, text: string): number {
  const value = decimal(option, text);
  if (!(value > 0 && value < 1)) throw new RangeError(`${option} must lie between 0 and 1, such as 0.1`);
  return value;
}

function whole(option: string, text: string, least: number, most: number): number {
  const value = decimal(option, text);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new RangeError(`${option} must be a whole number from ${least} to ${most}`);
  return value;
}
