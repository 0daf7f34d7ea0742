/** `fairwatt lint`: findings of files, folders or standard input, in a format; fixes where they are asked for. */

import * as path from "node:path";
import { loadProject } from "../config/load.node.ts";
import { formatConfigProblem } from "../config/project.ts";
import { findProjectFolder } from "../energy/run-folder.node.ts";
import { discover } from "../lint/discover.node.ts";
import { FORMATS, type Format } from "../lint/output/index.ts";
import { countFindings, type FileReport } from "../lint/output/report.ts";
import type { Profile } from "../lint/rule.ts";
import { RULES } from "../lint/rules/index.ts";
import { type Selection, unknownPrefixes } from "../lint/select.ts";
import { fixFiles } from "./lint-fix.ts";
import { complain, writeFindings } from "./lint-output.ts";
import { lintStandardInput } from "./lint-stdin.ts";
import { lintTree } from "./lint-tree.ts";
import { printable } from "./printable.ts";
import { recordedIn } from "./recorded-evidence.ts";

const FOUND = 1;
const USAGE_ERROR = 2;
const STDIN = "-";

export interface LintArguments {
  select?: string;
  ignore?: string;
  fix?: boolean;
  unsafeFixes?: boolean;
  format?: string;
  profile?: string;
  stdinFilename?: string;
  cwd: string;
}

/** Returns 0 when nothing was found, 1 when something was (and is left after fixing), 2 when it could not be looked at. */
export async function lint(paths: readonly string[], options: LintArguments): Promise<number> {
  const format = (options.format ?? "text") as Format;
  const root = findProjectFolder(options.cwd);
  const loaded = loadProject(root);
  const config = loaded.config.lint;
  const selection: Selection = {
    select: listOf(options.select) ?? config?.select,
    ignore: [...(config?.ignore ?? []), ...(listOf(options.ignore) ?? [])],
    profile: (options.profile as Profile | undefined) ?? config?.profile,
    perFileIgnores: config?.["per-file-ignores"],
  };
  const wrong = usageProblem(format, selection, options);
  if (wrong !== undefined) return complain(wrong, USAGE_ERROR);
  for (const problem of loaded.problems) complain(formatConfigProblem(problem), 0);
  const isOff = config?.enable === false;
  if (isOff) complain("lint is off in this project ([lint] enable = false)", 0);

  const write = (reports: readonly FileReport[]) => writeFindings(reports, format);
  if (paths.includes(STDIN)) {
    if (paths.length > 1)
      return complain("standard input (-) is linted alone, without other paths", USAGE_ERROR);
    const left = await lintStandardInput(root, isOff ? { select: [] } : selection, options, write);
    return left > 0 ? FOUND : 0;
  }
  if (isOff) {
    if (format !== "text") await write([]);
    return 0;
  }

  const { files, problems } = discover(
    (paths.length > 0 ? paths : ["."]).map((each) => path.resolve(options.cwd, each)),
  );
  for (const problem of problems) complain(printable(problem), 0);
  const tree = await lintTree({ root, files, selection, recorded: () => recordedIn(root) });
  const level = options.unsafeFixes ? "unsafe" : options.fix ? "safe" : undefined;
  const reports = level ? await fixFiles(root, tree.reports, tree.index, selection, level) : tree.reports;
  await write(
    reports.map((report) => ({ ...report, file: asTyped(path.resolve(root, report.file), options.cwd) })),
  );
  if (problems.length > 0 || reports.some(({ skipped }) => skipped?.failed)) return USAGE_ERROR;
  return countFindings(reports) > 0 ? FOUND : 0;
}

function usageProblem(format: string, selection: Selection, options: LintArguments): string | undefined {
  if (!(FORMATS as readonly string[]).includes(format)) {
    return `there is no format "${format}"; the formats are ${FORMATS.join(", ")}`;
  }
  if (options.profile !== undefined && !["default", "high-risk"].includes(options.profile)) {
    return `there is no profile "${options.profile}"; the profiles are default, high-risk`;
  }
  if (options.select !== undefined && selection.select?.length === 0) return "--select names no rule";
  const perFile = Object.values(selection.perFileIgnores ?? {}).flat();
  const prefixes = [...(selection.select ?? []), ...(selection.ignore ?? []), ...perFile];
  const [unknown] = unknownPrefixes(prefixes, RULES);
  if (unknown !== undefined) {
    return `no rule begins with "${unknown}"; list them with: fairwatt rule`;
  }
  return undefined;
}

function listOf(value: string | undefined): string[] | undefined {
  return value?.split(/[\s,]+/).filter(Boolean);
}

/** The path as a person there would type it. */
function asTyped(file: string, cwd: string): string {
  const relative = path.relative(cwd, file);
  return (relative.startsWith("..") ? file : relative).split(path.sep).join("/");
}
