/** What `fairwatt mitigate` was called with. */

import * as path from "node:path";
import {
  CONSTRAINTS,
  MITIGATION_METHODS,
  MITIGATION_SETTINGS,
  type MitigationSettings,
  OBJECTIVES,
} from "../fairness/libraries/mitigation.ts";
import type { AuditArguments } from "./audit-options.ts";

export interface MitigateArguments extends AuditArguments {
  method?: string;
  constraint?: string;
  objective?: string;
  bound?: string;
  maxIterations?: string;
  testShare?: string;
  features?: string;
  estimator?: string;
  /** The file of --estimator may run its code. */
  trustEstimator?: boolean;
  save?: string;
}

/** Throws a RangeError that says what to write instead. */
export function mitigationSettings(options: MitigateArguments): MitigationSettings {
  const { estimator, save, cwd } = options;
  if (estimator !== undefined && !options.trustEstimator)
    throw new RangeError(
      "a joblib or pickle file can run any code when it is loaded; if this one is your own, say --trust-estimator",
    );
  const settings: MitigationSettings = {
    ...MITIGATION_SETTINGS,
    method: oneOf("--method", options.method, MITIGATION_METHODS),
    constraint: oneOf("--constraint", options.constraint ?? MITIGATION_SETTINGS.constraint, CONSTRAINTS),
    objective: oneOf("--objective", options.objective ?? MITIGATION_SETTINGS.objective, OBJECTIVES),
    bound: number("--bound", options.bound, MITIGATION_SETTINGS.bound, 1e-6, 1),
    maxIterations: number(
      "--max-iterations",
      options.maxIterations,
      MITIGATION_SETTINGS.maxIterations,
      1,
      1000,
    ),
    testShare: number("--test-share", options.testShare, MITIGATION_SETTINGS.testShare, 0, 0.9),
    seed: number("--seed", options.seed, MITIGATION_SETTINGS.seed, 0, 2 ** 31 - 1),
    ...(estimator !== undefined && { estimator: path.resolve(cwd, estimator) }),
    ...(save !== undefined && { save: path.resolve(cwd, save) }),
  };
  if (settings.method === "reweighing" && options.constraint !== undefined)
    throw new RangeError(
      "--constraint is not for reweighing: its weights make labels and groups independent",
    );
  for (const [name, value] of [
    ["--max-iterations", settings.maxIterations],
    ["--seed", settings.seed],
  ] as const)
    if (!Number.isInteger(value)) throw new RangeError(`${name} must be a whole number`);
  return settings;
}

function oneOf<T extends string>(option: string, text: string | undefined, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === text);
  if (found === undefined)
    throw new RangeError(
      `${option} is one of ${allowed.join(", ")}${text === undefined ? "" : `, not "${text}"`}`,
    );
  return found;
}

function number(option: string, text: string | undefined, otherwise: number, least: number, most: number) {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (text.trim() === "" || !(value >= least && value <= most))
    throw new RangeError(`${option} must be a number from ${least} to ${most}, not "${text}"`);
  return value;
}
