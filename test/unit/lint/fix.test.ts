import { describe, expect, it } from "vitest";
import type { Finding, Fix } from "../../../src/lint/finding.ts";
import { applyEdits, planFixes, planOne } from "../../../src/lint/fix.ts";
import { editNotebook } from "../../../src/lint/notebook/edit-notebook.ts";
import { programOfNotebook } from "../../../src/lint/notebook/program.ts";
import { findingAt } from "./support.ts";

const TEXT = "alpha beta gamma";
const replacing = (word: string, by: string, safety: Fix["safety"] = "safe"): Finding => {
  const finding = findingAt(TEXT, word);
  return { ...finding, fixes: [{ title: by, safety, edits: [{ range: finding.range, newText: by }] }] };
};

describe("planFixes", () => {
  it("applies what does not overlap, in order", () => {
    const plan = planFixes([replacing("gamma", "C"), replacing("alpha", "A")], "safe");
    expect(applyEdits(TEXT, plan.edits)).toBe("A beta C");
  });

  it("leaves what overlaps for the next round", () => {
    const plan = planFixes([replacing("alpha beta", "X"), replacing("beta", "Y")], "safe");
    expect(applyEdits(TEXT, plan.edits)).toBe("X gamma");
    expect(plan.applied).toHaveLength(1);
  });

  it("takes unsafe fixes only when asked, display fixes never", () => {
    const findings = [replacing("alpha", "A", "unsafe"), replacing("beta", "B", "display")];
    expect(planFixes(findings, "safe").edits).toEqual([]);
    expect(applyEdits(TEXT, planFixes(findings, "unsafe").edits)).toBe("A beta gamma");
    expect(applyEdits(TEXT, planOne(findings[1]!, findings[1]!.fixes[0]!).edits)).toBe("alpha B gamma");
  });

  it("inserts the same text once", () => {
    const insertion = { range: { start: 0, end: 0 }, newText: "import x\n" };
    const both = [replacing("alpha", "A"), replacing("gamma", "C")].map((finding) => ({
      ...finding,
      fixes: [{ ...finding.fixes[0]!, edits: [insertion, ...finding.fixes[0]!.edits] }],
    }));
    expect(applyEdits(TEXT, planFixes(both, "safe").edits)).toBe("import x\nA beta C");
  });
});

const NOTEBOOK = `{
 "cells": [
  {"cell_type": "markdown", "metadata": {}, "source": ["# Title\\n", "more"]},
  {
   "cell_type": "code",
   "execution_count": 7,
   "id": "aaaa0001",
   "metadata": {"tags": [ "x" ]},
   "outputs": [{"name": "stdout", "output_type": "stream", "text": ["caf\\u00e9 1e3\\n"]}],
   "source": [
    "%matplotlib inline\\n",
    "model.fit(X, y)  # \\u00fc\\n",
    "print('done')"
   ]
  },
  {"cell_type": "code", "execution_count": null, "id": "aaaa0002", "metadata": {}, "outputs": [], "source": "x = 1\\ny = 2"}
 ],
 "metadata": {"kernelspec": {"language": "python", "name": "python3"}},
 "nbformat": 4,
 "nbformat_minor": 5
}
`;

describe("editNotebook", () => {
  const { cells, text } = programOfNotebook("a.ipynb", NOTEBOOK)!;
  const at = (word: string) => ({ start: text.indexOf(word), end: text.indexOf(word) + word.length });
  const edited = (...changes: [string, string][]) =>
    editNotebook(NOTEBOOK, cells, {
      edits: changes.map(([word, newText]) => ({ range: at(word), newText })),
      newCells: [],
      newFiles: [],
      applied: [],
    })!;

  it("leaves alone what is nested deeper than it can be read", () => {
    const deep = `{"cells": ${"[".repeat(50_000)}`;
    expect(editNotebook(deep, cells, { edits: [], newCells: [], newFiles: [], applied: [] })).toBeUndefined();
  });

  it("changes the bytes of the changed lines, and no other", () => {
    const result = edited(["fit(X, y)", "fit(X, y, w)"]);
    const [before, after] = [NOTEBOOK.split("\n"), result.split("\n")];
    expect(after).toHaveLength(before.length);
    const changed = after.flatMap((line, index) => (line === before[index] ? [] : [line]));
    expect(changed).toEqual(['    "model.fit(X, y, w)  # ü\\n",']);
  });

  it("adds and takes away lines as the notebook writes them", () => {
    expect(edited(["print('done')", "a = 1\nprint('done')"])).toContain(
      '    "a = 1\\n",\n    "print(\'done\')"\n   ]',
    );
    expect(JSON.parse(edited(["print('done')", ""])).cells[1].source).toEqual([
      "%matplotlib inline\n",
      "model.fit(X, y)  # ü\n",
    ]);
  });

  it("edits a source that is one text", () => {
    expect(JSON.parse(edited(["y = 2", "y = 3"])).cells[2].source).toBe("x = 1\ny = 3");
  });

  it("inserts a cell with an id of its own after the finding's, and leaves the others", () => {
    const plan = {
      edits: [],
      newCells: [{ after: at("fit").start, source: "import a\na.check()\n" }],
      newFiles: [],
      applied: [],
    };
    const result = editNotebook(NOTEBOOK, cells, plan)!;
    const { cells: now } = JSON.parse(result);
    expect(now).toHaveLength(4);
    expect(now[2]).toMatchObject({
      cell_type: "code",
      execution_count: null,
      outputs: [],
      source: ["import a\n", "a.check()\n"],
    });
    expect(now[2].id).toMatch(/^[0-9a-f]{8}$/);
    for (const line of NOTEBOOK.split("\n").filter((each) => each.trim() !== "},"))
      expect(result).toContain(line);
  });

  it("keeps the byte order mark", () => {
    expect(
      editNotebook(`\uFEFF${NOTEBOOK}`, cells, { edits: [], newCells: [], newFiles: [], applied: [] }),
    ).toBe(`\uFEFF${NOTEBOOK}`);
  });

  it("refuses a notebook that is not the one that was linted", () => {
    const other = NOTEBOOK.replace("print('done')", "print('over')!");
    const plan = { edits: [{ range: at("fit"), newText: "x" }], newCells: [], newFiles: [], applied: [] };
    expect(editNotebook(other, cells, plan)).toBeUndefined();
    expect(editNotebook("[]", cells, plan)).toBeUndefined();
  });
});
