/** Findings for a terminal: one line each, what is known below it, a sum at the end. */

import { countFindings, type FileReport, type LocatedFinding, noteLines, placeOf } from "./report.ts";

export interface TextStyle {
  bold(text: string): string;
  dim(text: string): string;
  severity(severity: LocatedFinding["finding"]["severity"], text: string): string;
}

export const PLAIN: TextStyle = { bold: (text) => text, dim: (text) => text, severity: (_, text) => text };

export function textLines(reports: readonly FileReport[], style: TextStyle = PLAIN): string[] {
  const lines = reports.flatMap((report) => [
    ...report.findings.flatMap((located) => findingLines(report.file, located, style)),
    ...noteLines(report).map((line) => style.dim(line)),
  ]);
  return [...lines, summary(reports)];
}

function findingLines(file: string, { finding, at, related }: LocatedFinding, style: TextStyle): string[] {
  const { rule, severity, message } = finding;
  const fix = finding.fixes[0];
  return [
    `${style.bold(placeOf(file, at))}: ${style.severity(severity, rule)} ${message}`,
    ...finding.why.map((sentence) => style.dim(`    why: ${sentence}`)),
    ...finding.related.map((each, index) => {
      const place = related[index];
      return style.dim(`    see ${place ? placeOf(file, place) : (each.file ?? file)}: ${each.message}`);
    }),
    ...(fix ? [style.dim(`    fix (${fix.safety}): ${fix.title}`)] : []),
  ];
}

function summary(reports: readonly FileReport[]): string {
  const found = countFindings(reports);
  const fixed = reports.reduce((sum, report) => sum + report.fixed, 0);
  const silenced = reports.reduce((sum, report) => sum + report.suppressed.length, 0);
  const files = reports.filter((report) => report.findings.length > 0).length;
  const skipped = reports.filter((report) => report.skipped).length;
  const parts = [
    found === 0 ? "Nothing found" : `${count(found, "finding")} in ${count(files, "file")}`,
    ...(fixed > 0 ? [`${fixed} fixed`] : []),
    ...(silenced > 0 ? [`${silenced} silenced by comments`] : []),
    `${count(reports.length - skipped, "file")} looked at`,
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ];
  return `${parts.join(", ")}.`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
