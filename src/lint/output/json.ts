/** Findings as JSON: an array with one object per finding. Lines, columns and cells from 1. */

import type { Location } from "../location.ts";
import type { FileReport } from "./report.ts";

export function jsonFindings(reports: readonly FileReport[]) {
  return reports.flatMap(({ file, findings }) =>
    findings.map(({ finding, at, related }) => ({
      file,
      ...place(at),
      code: finding.rule,
      severity: finding.severity,
      message: finding.message,
      why: finding.why,
      silencedBy: finding.silencedBy,
      related: finding.related.map((each, index) => ({
        file: each.file ?? file,
        message: each.message,
        ...(related[index] && place(related[index])),
      })),
      fixes: finding.fixes.map(({ title, safety, edits, newCell, newFile }) => ({
        title,
        safety,
        snippet: newCell ?? newFile?.content ?? edits.map((edit) => edit.newText).join("\n"),
      })),
    })),
  );
}

function place(at: Location) {
  return {
    ...(at.cell !== undefined && { cell: at.cell + 1 }),
    ...(at.cellId !== undefined && { cellId: at.cellId }),
    line: at.line + 1,
    column: at.column + 1,
    endLine: at.endLine + 1,
    endColumn: at.endColumn + 1,
  };
}
