import { describe, expect, it } from "vitest";
import { blankMagics } from "../../../../src/lint/notebook/magics.ts";
import { programOfNotebook } from "../../../../src/lint/notebook/program.ts";
import { scanNotebook } from "../../../../src/lint/notebook/scan-notebook.ts";
import { programOfScript } from "../../../../src/lint/notebook/script-cells.ts";

const notebook = (cells: object[], more: object = {}) =>
  JSON.stringify(
    { cells, metadata: { kernelspec: { language: "python" } }, nbformat: 4, nbformat_minor: 5, ...more },
    null,
    1,
  );

describe("scanNotebook", () => {
  it("joins the code cells to a program and keeps index, id and prose", () => {
    const program = programOfNotebook(
      "a.ipynb",
      notebook([
        { cell_type: "markdown", source: ["# Loans\n", "of people"] },
        {
          cell_type: "code",
          id: "aa",
          source: ["import sklearn\n", "x = 1"],
          outputs: [{ data: { "image/png": 'a"]}{' } }],
        },
        { cell_type: "raw", source: "raw" },
        { cell_type: "code", id: "bb", source: "y = 'é\\n\u{1F600}'", outputs: [] },
      ]),
    )!;
    expect(program.text).toBe("import sklearn\nx = 1\ny = 'é\\n\u{1F600}'");
    expect(
      program.cells.map(({ index, id, range }) => [index, id, program.text.slice(range.start, range.end)]),
    ).toEqual([
      [1, "aa", "import sklearn\nx = 1"],
      [3, "bb", "y = 'é\\n\u{1F600}'"],
    ]);
    expect(program.prose[0]?.text).toBe("# Loans\nof people");
  });

  it("reads nbformat 3", () => {
    const text = JSON.stringify({
      nbformat: 3,
      worksheets: [{ cells: [{ cell_type: "code", input: ["x = 1"], language: "python" }] }],
    });
    expect(scanNotebook(text)?.cells).toEqual([{ kind: "code", source: "x = 1", index: 0 }]);
  });

  it("keeps the cells before a break and never fails at any cut", () => {
    const text = notebook([
      { cell_type: "code", source: ["a\n", "b"], outputs: [{ text: ["\\\\"] }] },
      { cell_type: "code", source: "c", outputs: [] },
    ]);
    for (let cut = 0; cut < text.length; cut++) {
      const scanned = scanNotebook(text.slice(0, cut));
      expect(scanned?.complete ?? false).toBe(false);
    }
    expect(scanNotebook(text.slice(0, text.indexOf('"c"')))?.cells[0]?.source).toBe("a\nb");
    expect(scanNotebook("not json")).toBeUndefined();
  });

  it("steps over 30 MB of outputs in well under a second", () => {
    const text = notebook([
      { cell_type: "code", source: "x = 1", outputs: [{ data: { "image/png": "iVBOR".repeat(6_000_000) } }] },
      { cell_type: "code", source: "y = 1", outputs: [] },
    ]);
    const start = performance.now();
    expect(scanNotebook(text)?.cells).toHaveLength(2);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it("leaves notebooks of other languages alone", () => {
    expect(
      programOfNotebook("a.ipynb", notebook([], { metadata: { kernelspec: { language: "R" } } })),
    ).toBeUndefined();
  });
});

describe("blankMagics", () => {
  it.each([
    ["%matplotlib inline\nx = 1", "                  \nx = 1"],
    ["!pip install a \\\n  b\nx", "                \n   \nx"],
    ["%time clf.fit(X)", "      clf.fit(X)"],
    ["files = !ls\nx", "           \nx"],
    ["%%bash\nrm -rf\n", "      \n      \n"],
    ["%%time\nclf.fit(X)", "      \nclf.fit(X)"],
    ["df.head?\nx", "        \nx"],
    ["%%bigquery\nSELECT 1\n", "          \n        \n"],
    [
      "%%bigquery m\n-- trains\nCREATE MODEL d.m AS SELECT sex\n",
      'query(r"""  \n-- trains\nCREATE MODEL d.m AS SELECT""")\n',
    ],
    ["pip install torch\nx", "                 \nx"],
    ["print('%s' \n  % x)\ny = (a\n%b)", "print('%s' \n  % x)\ny = (a\n%b)"],
    ['s = """\n%magic\n"""', 's = """\n%magic\n"""'],
    ["a = b % c\nd != e", "a = b % c\nd != e"],
  ])("%j", (source, expected) => expect(blankMagics(source)).toBe(expected));
});

describe("programOfScript", () => {
  it("finds # %% cells and their markdown", () => {
    const program = programOfScript("a.py", "import x\n# %% [markdown]\n# Loans\n# %%\ny = 1\n");
    expect(program.cells?.map(({ range }) => program.text.slice(range.start, range.end))).toEqual([
      "import x\n",
      "# %% [markdown]\n# Loans\n",
      "# %%\ny = 1\n",
    ]);
    expect(program.prose?.[0]?.text).toBe("Loans\n");
  });

  it("makes marimo's functions one module of the same length", () => {
    const text =
      'import marimo\napp = marimo.App()\n@app.cell(hide=True)\ndef _(mo,\n  pd):\n    mo.md(r"""loans""")\n    x = 1\n    return (x,)\n';
    const program = programOfScript("a.py", text);
    expect(program.text).toHaveLength(text.length);
    expect(program.text).toContain("if 1:");
    expect(program.text).not.toContain("def _");
    expect(program.cells).toHaveLength(1);
    expect(program.prose?.[0]?.text).toBe("loans");
  });

  it("blanks a byte order mark", () => {
    expect(programOfScript("a.py", "\uFEFFimport x").text).toBe(" import x");
  });
});
