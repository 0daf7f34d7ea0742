/** What was found in a set of files: what every output format writes. Plain data, so that a worker can send it. */

import type { Linter, LintResult, SourceText } from "../engine.ts";
import type { Finding } from "../finding.ts";
import { createLocator, type Location } from "../location.ts";
import type { Skipped } from "../skipped.ts";

export interface LocatedFinding {
  finding: Finding;
  at: Location;
  /** In the order of `finding.related`; absent where the place is in another file. */
  related: (Location | undefined)[];
}

export interface FileReport {
  /** As a person would type it, with forward slashes. */
  file: string;
  findings: LocatedFinding[];
  suppressed: { rule: string; at: Location; reason: string }[];
  /** Fixes that were applied, where fixing was asked for. */
  fixed: number;
  /** Sentences about the file: a rule that failed, why it was not fixed. */
  notes: string[];
  /** Absent where it was looked at. */
  skipped?: Skipped;
}

export function fileReport(source: SourceText, result: LintResult, fixed = 0): FileReport {
  const { facts } = result;
  const notes = result.failures.map(
    ({ rule, error }) =>
      `${rule} failed: ${error instanceof Error ? error.message : String(error)}; its findings are missing`,
  );
  if (!facts) return { file: source.path, findings: [], suppressed: [], fixed, notes };
  const locate =
    result.findings.length + result.suppressed.length > 0
      ? createLocator(facts, result.kind === "notebook")
      : undefined;
  return {
    file: source.path,
    findings: result.findings.map((finding) => ({
      finding,
      at: locate!(finding.range),
      related: finding.related.map(({ file, range }) => (file === undefined ? locate!(range) : undefined)),
    })),
    suppressed: result.suppressed.map(({ finding, reason }) => ({
      rule: finding.rule,
      at: locate!(finding.range),
      reason,
    })),
    fixed,
    notes,
  };
}

export function skippedReport(file: string, skipped: Skipped): FileReport {
  return { file, findings: [], suppressed: [], fixed: 0, notes: [], skipped };
}

/** What is to be said of the files themselves, a line each; formats for programs have no place for it. */
export function noteLines({ file, notes, skipped }: FileReport): string[] {
  return [...(skipped ? [`skipped: ${skipped.why}`] : []), ...notes].map((note) => `${file}: ${note}`);
}

/** "train.py:12:5", "model.ipynb:cell 3:2:1": counted from 1, as terminals make links of and Ruff writes them. */
export function placeOf(file: string, at: Location): string {
  const cell = at.cell === undefined ? "" : `:cell ${at.cell + 1}`;
  return `${file}${cell}:${at.line + 1}:${at.column + 1}`;
}

export type RuleTable = Linter["rules"];

export function countFindings(reports: readonly FileReport[]): number {
  return reports.reduce((sum, report) => sum + report.findings.length, 0);
}
