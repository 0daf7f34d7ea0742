/** Findings as workflow commands: GitHub Actions makes annotations on the changed lines of them. */

import type { Severity } from "../finding.ts";
import { type FileReport, placeOf } from "./report.ts";

const LEVELS: Record<Severity, string> = {
  error: "error",
  warning: "warning",
  information: "notice",
  hint: "notice",
};

export function githubLines(reports: readonly FileReport[]): string[] {
  return reports.flatMap(({ file, findings }) =>
    findings.map(({ finding, at }) => {
      // Annotations know no cells: a notebook's stand at its first line and say which cell.
      const lines =
        at.cell === undefined
          ? `,line=${at.line + 1},endLine=${at.endLine + 1},col=${at.column + 1},endColumn=${at.endColumn + 1}`
          : ",line=1";
      const text = `${placeOf(file, at)}: ${finding.rule} ${finding.message}`;
      return `::${LEVELS[finding.severity]} file=${property(file)}${lines},title=${property(`Fairwatt ${finding.rule}`)}::${data(text)}`;
    }),
  );
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
