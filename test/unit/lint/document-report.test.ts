import { describe, expect, it } from "vitest";
import { documentReport } from "../../../src/lint/document-report.ts";
import type { Fix } from "../../../src/lint/finding.ts";
import { factsOf, findingAt } from "./support.ts";

const TEXT = "a = 1\nb = 2\nlast = 3";
const CELLS = [
  { index: 0, range: { start: 0, end: 11 } },
  { index: 2, range: { start: 12, end: 20 } },
];

function report(kind: "python" | "notebook", fix: Fix) {
  const facts = factsOf(TEXT, { kind: "python", cells: CELLS } as never);
  const findings = [{ ...findingAt(TEXT, "last"), fixes: [fix] }];
  return documentReport("file:///a", 3, { findings, suppressed: [], facts, kind, failures: [] }, 1);
}
const renaming = (safety: Fix["safety"]): Fix => ({
  title: "rename",
  safety,
  edits: [{ range: { start: 12, end: 16 }, newText: "first" }],
});

describe("documentReport", () => {
  it("places a finding and its edits by line of the file, and by line of its cell in a notebook", () => {
    expect(report("python", renaming("safe")).findings[0]).toMatchObject({
      at: { line: 2, column: 0, endLine: 2, endColumn: 4 },
      fixes: [{ edits: [{ at: { line: 2, column: 0 }, newText: "first" }] }],
    });
    expect(report("notebook", renaming("safe")).findings[0]).toMatchObject({
      at: { cell: 2, line: 0, column: 0, endLine: 0, endColumn: 4 },
      fixes: [{ edits: [{ at: { cell: 2, line: 0 } }] }],
    });
  });

  it("fixes all that is safe, and nothing else", () => {
    expect(report("python", renaming("safe")).fixAll.edits).toHaveLength(1);
    expect(report("python", renaming("unsafe")).fixAll).toEqual({ edits: [], newCells: [] });
    expect(report("python", renaming("display")).fixAll).toEqual({ edits: [], newCells: [] });
  });

  it("adds a cell instead of edits in a notebook only", () => {
    const fix = { ...renaming("safe"), newCell: "check()\n" };
    expect(report("python", fix).fixAll).toMatchObject({ edits: [{ newText: "first" }], newCells: [] });
    expect(report("notebook", fix).fixAll).toEqual({
      edits: [],
      newCells: [{ afterCell: 2, source: "check()\n" }],
    });
  });
});
