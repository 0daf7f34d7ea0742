/** Files on disk linted: by the command line itself, by a worker of its pool, and by the editor's worker. */

import * as path from "node:path";
import type { Linter, LintOptions, LintResult, SourceText } from "./engine.ts";
import { JsonSkim } from "./notebook/json-skim.ts";
import { type FileReport, fileReport, skippedReport } from "./output/report.ts";
import type { ProjectEvidence } from "./project/evidence.ts";
import { fileEvidence } from "./project/file-evidence.ts";
import { touchedEvidence } from "./project/touched-evidence.ts";
import { readSource } from "./read-source.node.ts";
import type { Skipped } from "./skipped.ts";
import { kindOf } from "./source-kind.ts";
import type { Survey, SurveyJob } from "./worker-protocol.ts";

/** A path as the linter sees it: relative to the root, with forward slashes; absolute outside it. */
export function relativePath(root: string, file: string): string {
  const relative = path.relative(root, file);
  const outside = relative.startsWith("..") || path.isAbsolute(relative);
  return (outside ? file : relative).split(path.sep).join("/");
}

/** First pass: each file alone, with what it says to the others. */
export function surveyFiles(linter: Linter, { root, files, selection }: SurveyJob): Survey {
  const survey: Survey = { reports: [], evidence: [], again: [], asksFiles: false };
  for (const file of files) {
    const source = sourceOf(root, file);
    if ("skipped" in source) {
      survey.reports.push(skippedReport(relativePath(root, file), source.skipped));
      continue;
    }
    const { evidence, touched, asksFiles } = touchedEvidence();
    const result = linter.lint(source, { ...selection, evidence });
    const says = fileEvidence(source.path, source.text, result.facts);
    if (says) survey.evidence.push(says);
    survey.asksFiles ||= asksFiles();
    if (touched()) survey.again.push(file);
    else survey.reports.push(...reportsOf(source, result));
  }
  return survey;
}

/** Second pass, with the project's evidence. */
export function lintFile(
  linter: Linter,
  root: string,
  file: string,
  options: LintOptions & { evidence?: ProjectEvidence },
): FileReport {
  const source = sourceOf(root, file);
  if ("skipped" in source) return skippedReport(relativePath(root, file), source.skipped);
  return fileReport(source, linter.lint(source, options));
}

function sourceOf(root: string, file: string): SourceText | { skipped: Skipped } {
  const read = readSource(file);
  return "skipped" in read ? read : { path: relativePath(root, file), text: read.text };
}

/**
 * A file without facts holds nothing of interest, or nothing that lint reads. A folder gives names without an extension only
 * to be looked into: of those that are no scripts nothing is said.
 */
export function reportsOf(source: SourceText, result: LintResult): FileReport[] {
  if (result.facts) return [fileReport(source, result)];
  const kind = kindOf(source);
  const why =
    kind === undefined
      ? "lint reads no files of this kind"
      : kind === "notebook" && new JsonSkim(source.text).peek() !== "{"
        ? "not a notebook: it is no JSON object"
        : undefined;
  if (why === undefined) return [fileReport(source, result)];
  if (kind === undefined && path.extname(source.path) === "") return [];
  return [skippedReport(source.path, { why, failed: false })];
}
