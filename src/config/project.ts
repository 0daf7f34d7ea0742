/**
 * The project's settings: `fairwatt.toml`, or `[tool.fairwatt]` in `pyproject.toml`. What is personal lives in the
 * editor's settings. Precedence: command-line option, then this file, then the personal setting (which the editor
 * passes to the runner as `--default-zone`), then the default.
 */

import * as z from "zod/mini";
import { auditConfig } from "./audit-settings.ts";
import { budgetConfig, gridConfig, hostingConfig, instrumentsConfig, sciConfig } from "./carbon-settings.ts";
import { gateConfig } from "./gate-settings.ts";
import { parseInterval } from "./interval.ts";
import { reportFacts } from "./report-facts.ts";
import { tradeoffConfig } from "./tradeoff-settings.ts";

const interval = z.pipe(
  z.union([z.string(), z.number()], {
    error: 'interval must be a time such as "1s" or "500ms", or a number of seconds',
  }),
  z.transform((value, context) => {
    try {
      parseInterval(value);
    } catch (problem) {
      context.issues.push({ code: "custom", input: value, message: (problem as Error).message });
    }
    return typeof value === "number" ? `${value}s` : value;
  }),
);

const pueRange =
  "pue must be a number from 1 (no overhead) to 5: the facility's energy divided by that of the computers in it";

const PREFIX = /^(?:ALL|DEFAULT|FW\d{0,3})$/;
const rulePrefixes = (key: string) => {
  const error = `${key} must be a list of rules such as ["FW1", "FW201"], "ALL" or "DEFAULT"`;
  return z.array(z.string({ error }).check(z.regex(PREFIX, { error })), { error });
};

/** What the linter looks at. Rule names are checked for their form here; whether there is such a rule, the linter says. */
const lintConfig = z.strictObject(
  {
    /** false: nothing is linted in this project. */
    enable: z._default(z.boolean({ error: "enable must be true or false" }), true),
    /** Rules or families that are on: "FW1", "FW201", "ALL", "DEFAULT" (the precise subset, also when it is not set). */
    select: z.optional(rulePrefixes("select")),
    /** Rules or families that are off. */
    ignore: z.optional(rulePrefixes("ignore")),
    /** "high-risk": the project's models decide over persons; a missing fairness check is then an error. */
    profile: z.optional(
      z.enum(["default", "high-risk"], { error: 'profile must be "default" or "high-risk"' }),
    ),
    /** Patterns as in .gitignore -> rules or families that are off in those files. */
    "per-file-ignores": z.optional(
      z.record(z.string(), rulePrefixes("per-file-ignores"), {
        error: 'per-file-ignores must be a table such as {"notebooks/**" = ["FW1"]}',
      }),
    ),
  },
  { error: "lint must be a table of settings" },
);

/** Keys are the ones a person writes; later capabilities add their tables here. Messages are sentences for that person. */
export const projectConfig = z.strictObject({
  /** Grid zone: ISO 3166 country ("DE"), a subregion ("US-CA", "SE-SE3") or a cloud region ("aws:eu-west-1"). */
  zone: z.optional(
    z
      .string({ error: 'zone must be a text such as "DE", "US-CA" or "SE-SE3"' })
      .check(z.minLength(2, { error: 'zone must have at least two letters, such as "DE"' })),
  ),
  /** Power usage effectiveness of the place where it runs: facility energy / IT energy. */
  pue: z._default(
    z.number({ error: pueRange }).check(z.gte(1, { error: pueRange }), z.lte(5, { error: pueRange })),
    1,
  ),
  /** Sampling interval: "1s", "500ms", "2s"; between 100 ms and 60 s. */
  interval: z._default(interval, "1s"),
  /** "process": the run's part of the machine; "machine": all of it. */
  attribution: z._default(
    z.enum(["process", "machine"], {
      error: 'attribution must be "process" (the run\'s part of the machine) or "machine" (all of it)',
    }),
    "process",
  ),
  /** Python of the project, for the fairness libraries: an executable or an environment's folder, relative to this file. */
  python: z.optional(
    z
      .string({ error: 'python must be a text such as ".venv" or "/usr/bin/python3.12"' })
      .check(z.regex(/\S/, { error: "python must not be empty; leave it out to have it found" })),
  ),
  /** What the project's models are for, in a sentence or two: documents take it from here. */
  "intended-use": z.optional(
    z
      .string({ error: "intended-use must be a text that says what the project's models are for" })
      .check(z.regex(/\S/, { error: "intended-use must not be empty; leave it out until there is one" })),
  ),
  lint: z.optional(lintConfig),
  audit: z.optional(auditConfig),
  grid: z.optional(gridConfig),
  hosting: z.optional(hostingConfig),
  instruments: z.optional(instrumentsConfig),
  sci: z.optional(sciConfig),
  budget: z.optional(budgetConfig),
  gate: z.optional(gateConfig),
  tradeoff: z.optional(tradeoffConfig),
  report: z.optional(reportFacts),
});

export type LintConfig = z.infer<typeof lintConfig>;
export type ProjectConfig = z.infer<typeof projectConfig>;

/** Where a setting is wrong, for the terminal and for the editor's diagnostics. Lines and columns from 0. */
export interface ConfigProblem {
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  message: string;
}

export interface LoadedProject {
  /** The file that the settings were read from; absent when there is none. */
  file?: string;
  config: ProjectConfig;
  /** Settings with a problem keep their default. */
  problems: ConfigProblem[];
}

export const DEFAULT_PROJECT: ProjectConfig = { pue: 1, interval: "1s", attribution: "process" };

/** "fairwatt.toml:3:1: unknown key ...": lines and columns from 1, as terminals make links of. */
export function formatConfigProblem(problem: ConfigProblem): string {
  return `${problem.file}:${problem.line + 1}:${problem.column + 1}: ${problem.message}`;
}
