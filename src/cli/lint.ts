/** `fairwatt lint`: findings of files, folders or standard input, in a format; fixes where they are asked for. */

import * as path from "node:path";
import { loadProject } from "../config/load.node.ts";
import { formatConfigProblem } from "../config/project.ts";
import { findProjectFolder } from "../energy/run-folder.node.ts";
import { discover } from "../lint/discover.node.ts";
import { createLinter } from "../lint/engine.ts";
import { relativePath } from "../lint/lint-files.node.ts";
import { FORMATS, type Format, writeReports } from "../lint/output/index.ts";
import { countFindings, type FileReport, fileReport } from "../lint/output/report.ts";
import type { TextStyle } from "../lint/output/text.ts";
import { fileEvidence } from "../lint/project/file-evidence.ts";
import { touchedEvidence } from "../lint/project/touched-evidence.ts";
import { createReaders } from "../lint/readers.node.ts";
import type { Profile } from "../lint/rule.ts";
import { RULES } from "../lint/rules/index.ts";
import { type Selection, unknownPrefixes } from "../lint/select.ts";
import { FAIRWATT_VERSION } from "../version.ts";
import { fixFiles, fixText } from "./lint-fix.ts";
import { indexAround, lintTree } from "./lint-tree.ts";
import { printable } from "./printable.ts";
import { recordedIn } from "./recorded-evidence.ts";
import { bold, dim, red, yellow } from "./table.ts";

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
  if (config?.enable === false) return complain("lint is off in this project ([lint] enable = false)", 0);

  const write = (reports: readonly FileReport[]) =>
    writeOut(writeReports(reports, format, { rules: RULES, version: FAIRWATT_VERSION, style: STYLE }));
  if (paths.includes(STDIN)) return lintStandardInput(root, selection, options, write);

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
  if (problems.length > 0) return USAGE_ERROR;
  return countFindings(reports) > 0 ? FOUND : 0;
}

async function lintStandardInput(
  root: string,
  selection: Selection,
  options: LintArguments,
  write: (reports: readonly FileReport[]) => Promise<void>,
): Promise<number> {
  const name = options.stdinFilename ?? "stdin.py";
  const linter = createLinter(await createReaders());
  const file = path.resolve(options.cwd, name);
  const source = { path: relativePath(root, file), text: await readStandardInput() };
  // The project is looked at only for a text whose rules ask what it says.
  const { evidence: nothing, touched } = touchedEvidence();
  const { facts } = linter.lint(source, { ...selection, evidence: nothing });
  const says = fileEvidence(source.path, source.text, facts);
  const evidence = touched()
    ? (await indexAround({ root, file, says, recorded: () => recordedIn(root) })).evidenceFor(source.path)
    : undefined;
  const known = { ...selection, evidence };
  if (options.fix || options.unsafeFixes) {
    // As other tools do: the fixed text goes to standard output, what is left to say to standard error.
    const fixed = fixText(linter, source, known, options.unsafeFixes ? "unsafe" : "safe");
    await writeOut(fixed.text);
    const left = { ...fixed.report, file: name };
    process.stderr.write(writeReports([left], "text", { rules: RULES, version: FAIRWATT_VERSION }));
    return left.findings.length > 0 ? FOUND : 0;
  }
  const report = { ...fileReport(source, linter.lint(source, known)), file: name };
  await write([report]);
  return report.findings.length > 0 ? FOUND : 0;
}

function usageProblem(format: string, selection: Selection, options: LintArguments): string | undefined {
  if (!(FORMATS as readonly string[]).includes(format)) {
    return `there is no format "${format}"; the formats are ${FORMATS.join(", ")}`;
  }
  if (options.profile !== undefined && !["default", "high-risk"].includes(options.profile)) {
    return `there is no profile "${options.profile}"; the profiles are default, high-risk`;
  }
  const [unknown] = unknownPrefixes([...(selection.select ?? []), ...(selection.ignore ?? [])], RULES);
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

function complain(message: string, exitCode: number): number {
  process.stderr.write(`fairwatt: ${message}\n`);
  return exitCode;
}

async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function writeOut(text: string): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(text, () => resolve());
  });
}

const STYLE: TextStyle = {
  bold,
  dim,
  severity: (severity, text) =>
    severity === "error" ? red(text) : severity === "warning" ? yellow(text) : bold(text),
};
