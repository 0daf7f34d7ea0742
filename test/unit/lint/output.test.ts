import { describe, expect, it } from "vitest";
import type { LintResult } from "../../../src/lint/engine.ts";
import { type Format, writeReports } from "../../../src/lint/output/index.ts";
import { type FileReport, fileReport } from "../../../src/lint/output/report.ts";
import { sarifProblems } from "../sarif-schema.ts";
import { factsOf, findingAt, ruleOf } from "./support.ts";

const TEXT = "first: 1\nmodel: llama <70B> & co\n";
const RULES = [ruleOf("FW201"), ruleOf("FW211")];

function reportOf(): FileReport {
  const facts = factsOf(TEXT);
  const finding = {
    ...findingAt(TEXT, "llama", { message: "100% of <llama>,\nunquantized" }),
    why: ["It is large."],
    related: [
      { message: "the first", range: { start: 0, end: 5 } },
      { message: "there", range: { start: 0, end: 0 }, file: "b.yaml" },
    ],
    fixes: [
      {
        title: "quantize",
        safety: "unsafe" as const,
        edits: [{ range: { start: 0, end: 0 }, newText: "q: 1\n" }],
      },
    ],
  };
  const silenced = { finding: findingAt(TEXT, "co"), reason: "demo", by: { start: 0, end: 1 } };
  const result: LintResult = {
    findings: [finding],
    suppressed: [silenced],
    facts,
    kind: "config",
    failures: [{ rule: "FW999", error: new Error("broke") }],
  };
  return fileReport({ path: "deploy/a b.yaml", text: TEXT }, result);
}

const written = (format: Format, reports = [reportOf()]) =>
  writeReports(reports, format, { rules: RULES, version: "1.2.3" });

describe("outputs", () => {
  it("text: place, code, message, what is known, the sum", () => {
    expect(written("text")).toBe(
      [
        "deploy/a b.yaml:2:8: FW201 100% of <llama>,\nunquantized",
        "    why: It is large.",
        "    see deploy/a b.yaml:1:1: the first",
        "    see b.yaml: there",
        "    fix (unsafe): quantize",
        "deploy/a b.yaml: FW999 failed: broke; its findings are missing",
        "1 finding in 1 file, 1 silenced by comments, 1 file looked at.",
        "",
      ].join("\n"),
    );
    expect(written("text", [])).toBe("Nothing found, 0 files looked at.\n");
  });

  it("json: one object per finding, counted from 1", () => {
    expect(JSON.parse(written("json"))).toMatchObject([
      {
        file: "deploy/a b.yaml",
        line: 2,
        column: 8,
        endLine: 2,
        endColumn: 13,
        code: "FW201",
        severity: "warning",
        related: [{ file: "deploy/a b.yaml", line: 1 }, { file: "b.yaml" }],
        fixes: [{ title: "quantize", safety: "unsafe", snippet: "q: 1\n" }],
      },
    ]);
    expect(written("json", [])).toBe("[]\n");
  });

  it("github: escaped as workflow commands want it", () => {
    expect(written("github")).toBe(
      "::warning file=deploy/a b.yaml,line=2,endLine=2,col=8,endColumn=13,title=Fairwatt FW201::deploy/a b.yaml:2:8: FW201 100%25 of <llama>,%0Aunquantized\n",
    );
  });

  it("junit: a case per finding, escaped", () => {
    const xml = written("junit");
    expect(xml).toContain('<testsuites name="fairwatt" tests="1" failures="1" errors="0">');
    expect(xml).toContain('message="100% of &lt;llama&gt;,\nunquantized"');
    const none = { ...reportOf(), findings: [] };
    expect(written("junit", [none])).toContain('<testcase classname="deploy/a b.yaml" name="fairwatt"/>');
  });

  it("sarif: rules, regions, what is silenced with its reason", () => {
    expect(sarifProblems(JSON.parse(written("sarif")))).toEqual([]);
    const { version, runs } = JSON.parse(written("sarif"));
    expect(version).toBe("2.1.0");
    expect(runs[0].tool.driver.rules.map((rule: { id: string }) => rule.id)).toEqual(["FW201", "FW211"]);
    const [found, silenced] = runs[0].results;
    expect(found).toMatchObject({ ruleId: "FW201", ruleIndex: 0, level: "warning" });
    expect(found.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: "deploy/a%20b.yaml" },
      region: { startLine: 2, startColumn: 8, endLine: 2, endColumn: 13 },
    });
    expect(silenced.suppressions).toEqual([{ kind: "inSource", justification: "demo" }]);
  });

  it("says in which cell of a notebook", () => {
    const text = "a = 1\nllama = 2";
    const cells = [
      { index: 1, range: { start: 0, end: 5 } },
      { index: 4, range: { start: 6, end: 15 }, id: "abc" },
    ];
    const facts = factsOf(text, { kind: "python", cells } as never);
    const result: LintResult = {
      findings: [findingAt(text, "llama")],
      suppressed: [],
      facts,
      kind: "notebook",
      failures: [],
    };
    const reports = [fileReport({ path: "n.ipynb", text }, result)];
    expect(written("text", reports)).toMatch(/^n\.ipynb:cell 5:1:1: FW201/);
    expect(JSON.parse(written("json", reports))[0]).toMatchObject({
      cell: 5,
      cellId: "abc",
      line: 1,
      column: 1,
    });
    expect(written("github", reports)).toContain("file=n.ipynb,line=1,title");
    expect(JSON.parse(written("sarif", reports)).runs[0].results[0].locations[0]).toEqual({
      physicalLocation: { artifactLocation: { uri: "n.ipynb" } },
      logicalLocations: [{ name: "cell 5, line 1", fullyQualifiedName: "abc", kind: "element" }],
    });
  });
});
