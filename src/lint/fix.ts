/** Which fixes go together, and their edits applied to a text. */

import type { Finding, Fix, FixSafety, TextEdit } from "./finding.ts";

export interface FixPlan {
  /** In order, never overlapping. Offsets in the linted text. */
  edits: TextEdit[];
  /** Cells to insert into a notebook: after the cell in which this offset lies. */
  newCells: { after: number; source: string }[];
  newFiles: { path: string; content: string }[];
  applied: { finding: Finding; fix: Fix }[];
}

/** "safe": what fix-all applies. "unsafe": also what changes meaning. Display fixes are never applied by a plan. */
export type FixLevel = Exclude<FixSafety, "display">;

/**
 * Takes each finding's first fix that the level allows and that overlaps none taken before; the others are for the next
 * round, after the text was linted again. `inCells`: the text is a notebook's, so new cells go before edits.
 */
export function planFixes(findings: readonly Finding[], level: FixLevel, inCells = false): FixPlan {
  const plan: FixPlan = { edits: [], newCells: [], newFiles: [], applied: [] };
  for (const finding of findings) {
    const fix = finding.fixes.find(({ safety }) => safety === "safe" || safety === level);
    if (!fix) continue;
    const ownCell = inCells && fix.newCell !== undefined;
    const edits = (ownCell ? [] : fix.edits).filter(
      (edit) => !plan.edits.some((taken) => sameInsertion(taken, edit)),
    );
    if (edits.some((edit) => plan.edits.some((taken) => overlap(taken, edit)))) continue;
    const file = fix.newFile;
    if (file && plan.newFiles.some(({ path }) => path === file.path)) continue;
    plan.edits.push(...edits);
    if (ownCell) plan.newCells.push({ after: finding.range.start, source: fix.newCell! });
    if (file) plan.newFiles.push(file);
    plan.applied.push({ finding, fix });
  }
  plan.edits.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  return plan;
}

/** The plan of one fix alone: a person asked for it, whatever its safety. */
export function planOne(finding: Finding, fix: Fix, inCells = false): FixPlan {
  const ownCell = inCells && fix.newCell !== undefined;
  return {
    edits: ownCell ? [] : [...fix.edits].sort((a, b) => a.range.start - b.range.start),
    newCells: ownCell ? [{ after: finding.range.start, source: fix.newCell! }] : [],
    newFiles: fix.newFile ? [fix.newFile] : [],
    applied: [{ finding, fix }],
  };
}

/** @param edits in order and not overlapping */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = "";
  let at = 0;
  for (const { range, newText } of edits) {
    result += text.slice(at, range.start) + newText;
    at = range.end;
  }
  return result + text.slice(at);
}

function sameInsertion(a: TextEdit, b: TextEdit): boolean {
  return a.range.start === b.range.start && a.range.end === b.range.end && a.newText === b.newText;
}

/** Touching is overlapping where one of them inserts: which comes first would be a guess. */
function overlap(a: TextEdit, b: TextEdit): boolean {
  return a.range.start < b.range.end && b.range.start < a.range.end
    ? true
    : a.range.start === b.range.start && (a.range.end === a.range.start || b.range.end === b.range.start);
}
