/** What `fairwatt lint` says: findings on standard output, everything else on standard error. */

import { type Format, writeReports } from "../lint/output/index.ts";
import { type FileReport, noteLines } from "../lint/output/report.ts";
import type { TextStyle } from "../lint/output/text.ts";
import { RULES } from "../lint/rules/index.ts";
import { FAIRWATT_VERSION } from "../version.ts";
import { printable } from "./printable.ts";
import { bold, dim, red, yellow } from "./table.ts";

export function complain(message: string, exitCode: number): number {
  process.stderr.write(`fairwatt: ${message}\n`);
  return exitCode;
}

/** What is said of files themselves stands in the text, and goes to standard error where a program reads the findings. */
export function writeFindings(reports: readonly FileReport[], format: Format): Promise<void> {
  if (format !== "text") for (const line of reports.flatMap(noteLines)) complain(printable(line), 0);
  return writeOut(writeReports(reports, format, { rules: RULES, version: FAIRWATT_VERSION, style: STYLE }));
}

export function writeOut(text: string | Buffer): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(text, () => resolve());
  });
}

const STYLE: TextStyle = {
  shown: printable,
  bold,
  dim,
  severity: (severity, text) =>
    severity === "error" ? red(text) : severity === "warning" ? yellow(text) : bold(text),
};
