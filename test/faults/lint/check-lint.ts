/** What must hold of the linter for any text. */

import type { Linter, LintResult } from "../../../src/lint/engine.ts";
import type { Finding, TextEdit, TextRange } from "../../../src/lint/finding.ts";
import { applyEdits, planOne } from "../../../src/lint/fix.ts";
import { editNotebook } from "../../../src/lint/notebook/edit-notebook.ts";
import type { Sample } from "./hostile-texts.ts";

/** What a person still feels as at once; processor time, so that other work on the machine does not count. */
const BOUND_MS = 100;

/**
 * Throws, with the text's beginning, when the linter failed, took longer than `boundMs` of processor time three times in
 * a row, reported outside the text or offers a fix that cannot be applied.
 */
export function checkLint(linter: Linter, sample: Sample, boundMs = BOUND_MS): LintResult {
  let milliseconds = 0;
  let result: LintResult | undefined;
  for (let attempt = 0; attempt < 3; attempt++) {
    const before = process.cpuUsage();
    result = linter.lint(sample, { select: ["ALL"] });
    const { user, system } = process.cpuUsage(before);
    milliseconds = (user + system) / 1000;
    if (milliseconds <= boundMs) break;
  }
  const { findings, failures, facts } = result!;
  if (milliseconds > boundMs) fail(sample, `took ${milliseconds.toFixed(0)} ms, more than ${boundMs} ms`);
  if (failures[0]) fail(sample, `${failures[0].rule} failed: ${describe(failures[0].error)}`);
  const length = facts?.text.length ?? 0;
  for (const finding of findings) {
    if (finding.message.trim() === "") fail(sample, `${finding.rule} says nothing`);
    const own = finding.related.filter(({ file }) => file === undefined).map(({ range }) => range);
    for (const range of [finding.range, ...own])
      if (!isWithin(range, length))
        fail(sample, `${finding.rule} is outside the text: ${JSON.stringify(range)}`);
    checkFixes(sample, finding, result!);
  }
  return result!;
}

function checkFixes(sample: Sample, finding: Finding, { facts }: LintResult): void {
  if (!facts) return;
  const isNotebook = sample.path.endsWith(".ipynb");
  for (const fix of finding.fixes) {
    const plan = planOne(finding, fix, isNotebook);
    if (plan.edits.some(({ range }) => !isWithin(range, facts.text.length)) || overlaps(plan.edits))
      fail(sample, `the edits of "${fix.title}" (${finding.rule}) do not fit: ${JSON.stringify(plan.edits)}`);
    if (!isNotebook || facts.kind !== "python") {
      const size = plan.edits.reduce(
        (sum, { range, newText }) => sum + newText.length - (range.end - range.start),
        0,
      );
      if (applyEdits(facts.text, plan.edits).length !== facts.text.length + size)
        fail(sample, `the edits of "${fix.title}" (${finding.rule}) lose text`);
      continue;
    }
    const edited = editNotebook(sample.text, facts.cells, plan);
    if (edited !== undefined) checkNotebook(sample, edited, `"${fix.title}" (${finding.rule})`);
  }
}

/** Still a notebook, with the outputs, ids and metadata of every cell that was there. */
function checkNotebook(sample: Sample, edited: string, title: string): void {
  let before: Notebook;
  try {
    before = JSON.parse(withoutBom(sample.text));
  } catch {
    return; // it was none before, and error-tolerant reading found cells in it
  }
  const after: Notebook = JSON.parse(withoutBom(edited));
  const kept = ({ source: _, ...rest }: Record<string, unknown>) => JSON.stringify(rest);
  const cells = after.cells.map(kept);
  let at = 0;
  for (const cell of before.cells.map(kept)) {
    at = cells.indexOf(cell, at) + 1;
    if (at === 0) fail(sample, `${title} changed a cell beside its source`);
  }
  if (after.nbformat !== before.nbformat) fail(sample, `${title} changed nbformat`);
}

type Notebook = { cells: Record<string, unknown>[]; nbformat: unknown };

const withoutBom = (text: string) => text.replace(/^\uFEFF/, "");

const isWithin = ({ start, end }: TextRange, length: number) =>
  Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start <= end && end <= length;

function overlaps(edits: readonly TextEdit[]): boolean {
  return edits.some((edit, i) => i > 0 && edit.range.start < edits[i - 1]!.range.end);
}

function fail(sample: Sample, what: string): never {
  const text = JSON.stringify(sample.text.slice(0, 600));
  throw new Error(`${sample.path}: ${what}\n${text}`);
}

const describe = (error: unknown) =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
