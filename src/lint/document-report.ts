/** Findings of an open document as the editor shows them: by line and column, edits too. Plain data. */

import type { LintResult } from "./engine.ts";
import type { Fix, FixSafety, Severity, TextEdit } from "./finding.ts";
import { planFixes } from "./fix.ts";
import { createLocator, type Location } from "./location.ts";
import { suppressionEdit } from "./suppress-edit.ts";

export interface LocatedEdit {
  at: Location;
  newText: string;
}

export interface DocumentFix {
  title: string;
  safety: FixSafety;
  edits: LocatedEdit[];
  /** Inserted after the finding's cell, in a notebook. */
  newCell?: string;
  newFile?: { path: string; content: string };
}

export interface DocumentFinding {
  rule: string;
  severity: Severity;
  message: string;
  at: Location;
  why: string[];
  silencedBy: string[];
  related: { message: string; at?: Location; file?: string }[];
  fixes: DocumentFix[];
  /** Writes the comment that silences it, up to where the reason goes; absent where the format has no comments. */
  suppress?: LocatedEdit;
}

export interface DocumentReport {
  uri: string;
  version: number;
  findings: DocumentFinding[];
  suppressed: { rule: string; at: Location; reason: string }[];
  /** Fix-all: safe edits that go together. */
  fixAll: { edits: LocatedEdit[]; newCells: { afterCell: number; source: string }[] };
  failures: string[];
  /** Milliseconds of the worker. */
  took: number;
}

export function documentReport(
  uri: string,
  version: number,
  result: LintResult,
  took: number,
): DocumentReport {
  const failures = result.failures.map(({ rule, error }) => `${rule}: ${String(error)}`);
  const report: DocumentReport = {
    uri,
    version,
    findings: [],
    suppressed: [],
    fixAll: { edits: [], newCells: [] },
    failures,
    took,
  };
  const { facts, findings, suppressed } = result;
  if (!facts || findings.length + suppressed.length === 0) return report;
  const inCells = result.kind === "notebook";
  const locate = createLocator(facts, inCells);
  const located = ({ range, newText }: TextEdit): LocatedEdit => ({ at: locate(range), newText });
  const asFix = (fix: Fix): DocumentFix => ({
    title: fix.title,
    safety: fix.safety,
    edits: inCells && fix.newCell !== undefined ? [] : fix.edits.map(located),
    ...(inCells && fix.newCell !== undefined && { newCell: fix.newCell }),
    ...(fix.newFile && { newFile: fix.newFile }),
  });
  report.findings = findings.map((finding) => {
    const suppress = suppressionEdit(facts, finding);
    return {
      rule: finding.rule,
      severity: finding.severity,
      message: finding.message,
      at: locate(finding.range),
      why: finding.why,
      silencedBy: finding.silencedBy,
      related: finding.related.map(({ message, range, file }) =>
        file === undefined ? { message, at: locate(range) } : { message, file },
      ),
      fixes: finding.fixes.map(asFix),
      ...(suppress && { suppress: located(suppress) }),
    };
  });
  report.suppressed = suppressed.map(({ finding, reason }) => ({
    rule: finding.rule,
    at: locate(finding.range),
    reason,
  }));
  const plan = planFixes(findings, "safe", inCells);
  report.fixAll = {
    edits: plan.edits.map(located),
    newCells: plan.newCells.map(({ after, source }) => ({
      afterCell: locate({ start: after, end: after }).cell ?? 0,
      source,
    })),
  };
  return report;
}
