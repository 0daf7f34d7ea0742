/** Files on disk linted: by the command line itself, by a worker of its pool, and by the editor's worker. */

import * as path from "node:path";
import type { Linter, LintOptions, SourceText } from "./engine.ts";
import { type FileReport, fileReport } from "./output/report.ts";
import type { ProjectEvidence } from "./project/evidence.ts";
import { fileEvidence } from "./project/file-evidence.ts";
import { touchedEvidence } from "./project/touched-evidence.ts";
import { readSource } from "./read-source.node.ts";
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
      survey.reports.push(skippedReport(root, file, source.skipped));
      continue;
    }
    const { evidence, touched, asksFiles } = touchedEvidence();
    const result = linter.lint(source, { ...selection, evidence });
    const says = fileEvidence(source.path, source.text, result.facts);
    if (says) survey.evidence.push(says);
    survey.asksFiles ||= asksFiles();
    if (touched()) survey.again.push(file);
    else survey.reports.push(fileReport(source, result));
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
  if ("skipped" in source) return skippedReport(root, file, source.skipped);
  return fileReport(source, linter.lint(source, options));
}

function sourceOf(root: string, file: string): SourceText | { skipped: string } {
  const read = readSource(file);
  return "skipped" in read ? read : { path: relativePath(root, file), text: read.text };
}

function skippedReport(root: string, file: string, why: string): FileReport {
  return {
    file: relativePath(root, file),
    findings: [],
    suppressed: [],
    fixed: 0,
    notes: [`skipped: ${why}`],
  };
}
