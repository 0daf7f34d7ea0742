/** What `fairwatt thresholds` was called with, as roles and settings. */

import type { Roles } from "../fairness/table/roles.ts";
import {
  SEARCH_MODES,
  type SearchMode,
  STRATEGIES,
  STRATEGY_SETTINGS,
  type Strategy,
  type StrategySettings,
} from "../fairness/thresholds/strategy.ts";

export interface ThresholdsArguments {
  label?: string;
  score?: string;
  sensitive?: string;
  weight?: string;
  positive?: string;
  strategy?: string;
  costRatio?: string;
  tolerance?: string;
  mode?: string;
  /** "0.5" for everyone, "female=0.4" for a group. */
  at?: string[];
  leaveOutIncomplete?: boolean;
  json?: boolean;
  out?: string;
  cwd: string;
}

export interface ThresholdsRequest {
  roles: Roles & { score: string };
  strategy: Strategy;
  settings: StrategySettings;
  /** Thresholds by hand: of groups by name, and of everyone else. */
  custom: { everyone: number | undefined; groups: ReadonlyMap<string, number> };
}

/** Throws a RangeError that says what to write instead. */
export function thresholdsRequest(options: ThresholdsArguments): ThresholdsRequest {
  const { label, score } = options;
  const sensitive = (options.sensitive ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
  if (!label) throw new RangeError("name the column with the true outcome: --label COLUMN");
  if (!score) throw new RangeError("name the column with the score: --score COLUMN");
  if (sensitive.length === 0) throw new RangeError("name the sensitive columns: --sensitive sex,age_group");
  const custom = customThresholds(options.at ?? []);
  const strategy = oneOf("--strategy", options.strategy ?? (options.at ? "custom" : "single"), STRATEGIES);
  if (strategy === "custom" && !options.at)
    throw new RangeError("give the thresholds by hand: --at 0.5 for everyone, --at female=0.4 for a group");
  if (strategy !== "custom" && options.at) throw new RangeError("--at is for --strategy custom");
  const settings: StrategySettings = {
    costRatio:
      options.costRatio === undefined
        ? STRATEGY_SETTINGS.costRatio
        : between("--cost-ratio", options.costRatio, 0, Number.MAX_VALUE, "0 or more, such as 2"),
    tolerance:
      options.tolerance === undefined
        ? STRATEGY_SETTINGS.tolerance
        : between("--tolerance", options.tolerance, 0, 1, "a number from 0 to 1, such as 0.02"),
    mode: oneOf<SearchMode>("--mode", options.mode ?? STRATEGY_SETTINGS.mode, SEARCH_MODES),
  };
  return {
    roles: {
      task: "binary",
      label,
      score,
      // A table needs some decision to be built; none of the numbers here rest on it.
      threshold: 0.5,
      sensitive,
      ...(options.weight !== undefined && { weight: options.weight }),
      ...(options.positive !== undefined && { positive: options.positive }),
      incomplete: options.leaveOutIncomplete ? "leave-out" : "refuse",
    },
    strategy,
    settings,
    custom,
  };
}

function customThresholds(at: readonly string[]): ThresholdsRequest["custom"] {
  const groups = new Map<string, number>();
  let everyone: number | undefined;
  for (const text of at) {
    const equals = text.lastIndexOf("=");
    const value = Number(text.slice(equals + 1));
    if (text.slice(equals + 1).trim() === "" || !Number.isFinite(value))
      throw new RangeError(`write a threshold as --at 0.5, or --at GROUP=0.4; "${text}" is neither`);
    if (equals < 0) everyone = value;
    else groups.set(text.slice(0, equals), value);
  }
  return { everyone, groups };
}

function oneOf<T extends string>(option: string, text: string, all: readonly T[]): T {
  const found = all.find((each) => each === text.replaceAll("-", "_"));
  if (found === undefined) throw new RangeError(`${option} is one of ${all.join(", ")}; not "${text}"`);
  return found;
}

function between(option: string, text: string, least: number, most: number, such: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= least && value <= most))
    throw new RangeError(`${option} must be ${such}; not "${text}"`);
  return value;
}
