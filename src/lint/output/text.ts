/** Findings for a terminal: one line each, what is known below it, a sum at the end. */

import { countFindings, type FileReport, type LocatedFinding, noteLines, placeOf } from "./report.ts";

export interface TextStyle {
  bold(text: string): string;
  dim(text: string): string;
  severity(severity: LocatedFinding["finding"]["severity"], text: string): string;
  /** What files call themselves and hold, as it may be shown. */
  shown(text: string): string;
}

const same = (text: string) => text;
export const PLAIN: TextStyle = { bold: same, dim: same, severity: (_, text) => text, shown: same };

export function textLines(reports: readonly FileReport[], style: TextStyle = PLAIN): string[] {
  const lines = reports.flatMap((report) => [
    ...report.findings.flatMap((located) => findingLines(report.file, located, style)),
    ...noteLines(report).map((line) => style.dim(style.shown(line))),
  ]);
  return [...lines, summary(reports)];
}

function findingLines(file: string, { finding, at, related }: LocatedFinding, style: TextStyle): string[] {
  const { rule, severity, message } = finding;
  const fix = finding.fixes[0];
  return [
    `${style.bold(style.shown(placeOf(file, at)))}: ${style.severity(severity, rule)} ${style.shown(message)}`,
    ...finding.why.map((sentence) => style.dim(`    why: ${style.shown(sentence)}`)),
    ...finding.related.map((each, index) => {
      const place = related[index];
      const where = place ? placeOf(file, place) : (each.file ?? file);
      return style.dim(`    see ${style.shown(`${where}: ${each.message}`)}`);
    }),
    ...(fix ? [style.dim(`    fix (${fix.safety}): ${style.shown(fix.title)}`)] : []),
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
