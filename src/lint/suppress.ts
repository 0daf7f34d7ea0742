/**
 * Comments that silence a finding: `# fairwatt: ignore[FW101] reason` at the end of its line, behind the bracket that closes
 * what is on it, or alone on the line above,
 * `ignore-cell[...]` anywhere in a notebook's cell, `ignore-file[...]` anywhere in the file. Several codes or prefixes are
 * divided by commas. Fairness findings (family FW1) need the reason: it is what an auditor reads later.
 */

import type { Facts } from "./facts.ts";
import type { Finding, TextRange } from "./finding.ts";
import { LineIndex } from "./line-index.ts";

export interface Suppressed {
  finding: Finding;
  /** What the comment says after the brackets; "" where nothing is said. */
  reason: string;
  /** Range of the comment. */
  by: TextRange;
}

interface Suppression {
  codes: string[];
  reason: string;
  by: TextRange;
  covers(finding: Finding): boolean;
}

const COMMENT = /fairwatt\s*:\s*ignore(-file|-cell)?\s*(?:\[([^\]]*)\])?[ \t:,-]*([^\r\n]*)/i;
const CODE = /^FW\d*$/;
const NEEDS_REASON = "FW1";
/** A bracket is looked for so far above the one that closes it. */
const MOST_LINES = 200;

/** Families whose findings are silenced only with a reason. */
export function needsReason(rule: string): boolean {
  return rule.startsWith(NEEDS_REASON);
}

export function applySuppressions(
  findings: readonly Finding[],
  facts: Facts,
): { findings: Finding[]; suppressed: Suppressed[] } {
  const lines = LineIndex.of(facts.text);
  const suppressions = facts.comments.flatMap((comment) => readSuppression(comment, facts, lines));
  const kept: Finding[] = [];
  const suppressed: Suppressed[] = [];
  for (const finding of findings) {
    const near = suppressions.filter((each) => each.covers(finding));
    const naming = near.filter((each) => each.codes.some((code) => finding.rule.startsWith(code)));
    const by = naming.find((each) => each.reason !== "" || !needsReason(finding.rule));
    if (by) {
      suppressed.push({ finding, reason: by.reason, by: by.by });
      continue;
    }
    const without = naming[0] ?? near.find((each) => each.codes.length === 0);
    if (!without) kept.push(finding);
    else {
      const line = lines.lineOf(without.by.start) + 1;
      const missing =
        without.codes.length === 0
          ? `it names no rule: write ignore[${finding.rule}] and a reason`
          : `findings of family ${NEEDS_REASON} need a reason after the brackets`;
      const note = `The comment on line ${line} does not silence it: ${missing}.`;
      kept.push({ ...finding, why: [...finding.why, note] });
    }
  }
  return { findings: kept, suppressed };
}

function readSuppression(comment: Facts["comments"][number], facts: Facts, lines: LineIndex): Suppression[] {
  const match = COMMENT.exec(comment.text);
  if (!match) return [];
  const [, scope = "", codes = "", reason = ""] = match;
  return [
    {
      codes: codes
        .split(/[\s,]+/)
        .filter(Boolean)
        .map((code) => code.toUpperCase())
        .filter((code) => CODE.test(code)),
      reason: reason.replace(/(?:-->|\*\/)\s*$/, "").trim(),
      by: comment.range,
      covers: coverOf(scope.toLowerCase(), comment.range, facts, lines),
    },
  ];
}

function coverOf(
  scope: string,
  comment: TextRange,
  facts: Facts,
  lines: LineIndex,
): (finding: Finding) => boolean {
  if (scope === "-file") return () => true;
  if (scope === "-cell") {
    const cells = facts.kind === "python" ? facts.cells : [];
    const cell = cells.find(({ range }) => range.start <= comment.start && comment.start < range.end);
    if (!cell) return () => false;
    return ({ range }) => cell.range.start <= range.start && range.start < cell.range.end;
  }
  const line = lines.lineOf(comment.start);
  if (facts.text.slice(lines.startOf(line), comment.start).trim() !== "") {
    const first = lineOfOpening(line, comment.start, lines);
    return ({ range }) =>
      lines.lineOf(range.start) <= line && first <= lines.lineOf(Math.max(range.start, range.end - 1));
  }
  const [first, last] = statementBelow(line, lines);
  return ({ range }) => {
    const at = lines.lineOf(range.start);
    return first <= at && at <= last;
  };
}

/** The line of the bracket that is closed on this one before `end`; the line itself where none is. */
function lineOfOpening(line: number, end: number, lines: LineIndex): number {
  let open = 0;
  for (let at = line; at >= 0 && line - at < MOST_LINES; at--) {
    const text = at === line ? lines.text(at).slice(0, end - lines.startOf(at)) : lines.text(at);
    const code = text.replace(/(["'])(?:\\.|(?!\1).)*\1|(?:^|\s)#.*/g, "");
    open += (code.match(/[)\]}]/g)?.length ?? 0) - (code.match(/[([{]/g)?.length ?? 0);
    if (open <= 0) return at;
  }
  return line;
}

/** First and last line of what stands below a comment of its own: over blank and comment lines, through backslashes. */
function statementBelow(line: number, lines: LineIndex): [number, number] {
  let first = line + 1;
  while (first < lines.count && /^\s*(?:$|#|\/\/)/.test(lines.text(first))) first++;
  let last = first;
  while (last < lines.count - 1 && /\\\s*$/.test(lines.text(last))) last++;
  return [first, last];
}
