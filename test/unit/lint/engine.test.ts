import { describe, expect, it } from "vitest";
import { formatOf } from "../../../src/lint/config/read-config.ts";
import { createLinter, type Readers } from "../../../src/lint/engine.ts";
import { touchedEvidence } from "../../../src/lint/project/touched-evidence.ts";
import { kindOf } from "../../../src/lint/source-kind.ts";
import { factsOf, findingAt, ruleOf } from "./support.ts";

const TEXT = "one two three";
const readers: Readers = {
  python: () => undefined,
  notebook: () => undefined,
  config: ({ path, text }) => factsOf(text, { file: path } as never) as never,
};
const source = { path: "a.yaml", text: TEXT };

describe("createLinter", () => {
  it("sorts, keeps one of a rule at a place, and stays inside the text", () => {
    const first = ruleOf("FW202", {
      check: () => [findingAt(TEXT, "three"), findingAt(TEXT, "one"), findingAt(TEXT, "one")],
    });
    const second = ruleOf("FW201", {
      check: () => [{ ...findingAt(TEXT, "one"), range: { start: -4, end: 99 } }],
    });
    const { findings } = createLinter(readers, [first, second]).lint(source);
    expect(findings.map(({ range }) => [range.start, range.end])).toEqual([
      [0, 3],
      [0, 13],
      [8, 13],
    ]);
  });

  it("passes over a rule that fails, and says so", () => {
    const broken = ruleOf("FW201", {
      check: () => {
        throw new Error("broke");
      },
    });
    const fine = ruleOf("FW202", { check: () => [findingAt(TEXT, "two")] });
    const result = createLinter(readers, [broken, fine]).lint(source);
    expect(result.findings).toHaveLength(1);
    expect(result.failures).toMatchObject([{ rule: "FW201" }]);
  });

  it("leaves tests alone: they are not read", () => {
    const linter = createLinter(readers, [ruleOf("FW201", { check: () => [findingAt(TEXT, "two")] })]);
    expect(linter.lint({ path: "tests/a.yaml", text: TEXT })).toEqual({
      findings: [],
      suppressed: [],
      failures: [],
      kind: "config",
    });
    expect(linter.lint(source).findings).toHaveLength(1);
  });

  it("calls a rule for its kinds of files only", () => {
    const check = () => [findingAt(TEXT, "two")];
    const linter = createLinter(readers, [ruleOf("FW201", { check, appliesTo: ["python"] })]);
    expect(linter.lint(source).findings).toEqual([]);
    expect(linter.lint({ path: "a.png", text: TEXT }).facts).toBeUndefined();
  });
});

describe("touchedEvidence", () => {
  it("notices a question, and answers as a project that says nothing", () => {
    const { evidence, touched, asksFiles } = touchedEvidence();
    expect(touched()).toBe(false);
    expect(evidence.measured).toBeUndefined();
    expect([touched(), asksFiles()]).toEqual([true, false]);
    expect(evidence.dependencies.has("torch")).toBe(false);
    expect([touched(), asksFiles()]).toEqual([true, true]);
  });
});

describe("kindOf", () => {
  it.each([
    ["a.py", "python"],
    ["deep/b.ipynb", "notebook"],
    ["Dockerfile.gpu", "config"],
    ["chart/values.yaml", "config"],
    ["package-lock.json", undefined],
    ["photo.png", undefined],
    ["script", undefined],
  ])("%s: %s", (path, kind) => {
    expect(kindOf({ path })).toBe(kind);
  });

  it("looks into files without an extension", () => {
    expect(kindOf({ path: "bin/train", text: "#!/usr/bin/env python3\n" })).toBe("python");
    expect(kindOf({ path: "bin/serve", text: "#!/bin/bash -e\n" })).toBe("config");
    expect(kindOf({ path: "bin/serve", text: "hello\n" })).toBeUndefined();
    expect(kindOf({ path: "/Untitled-1", languageId: "python" })).toBe("python");
  });

  it("takes all that the configuration reader takes", () => {
    const names =
      "a.yaml b.yml c.json d.toml Dockerfile x.dockerfile compose.yml run.sh run.slurm config.pbtxt Modelfile a.modelfile serving.properties .env .env.local values.yaml.j2 _x.tpl Makefile Procfile run.ps1 run.bat";
    for (const path of names.split(" ")) {
      expect(formatOf(path, ""), path).toBeDefined();
      expect(kindOf({ path }), path).toBe("config");
    }
  });
});
