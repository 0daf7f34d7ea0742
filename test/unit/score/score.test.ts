import path from "node:path";
import { describe, expect, it } from "vitest";
import { parseManifest, readCorpus } from "../../score/manifest.ts";
import { reportOf } from "../../score/report.ts";
import { type Answer, scoreOf } from "../../score/score.ts";
import { measuresOf, proportion, tallyOf } from "../../score/tally.ts";

const folder = path.resolve("test/fixtures/score");
const corpus = readCorpus(path.join(folder, "manifest.json"), folder);

/** Every file of the manifest with the rules that "reported" in it. */
const answers = (found: Record<string, string[]>): Answer[] =>
  corpus.files.map(({ label }) => ({
    label,
    found: (found[label.id] ?? []).map((rule) => ({ rule, line: 1, message: `message of ${rule}` })),
  }));

describe("proportions", () => {
  it("gives Wilson's interval as published: 8 of 10, 0 of 10, 10 of 10", () => {
    expect(proportion(8, 10)).toMatchObject({ value: 0.8 });
    expect(proportion(8, 10).low).toBeCloseTo(0.4902, 4);
    expect(proportion(8, 10).high).toBeCloseTo(0.9433, 4);
    expect(proportion(0, 10).low).toBe(0);
    expect(proportion(0, 10).high).toBeCloseTo(0.2775, 4);
    expect(proportion(10, 10).low).toBeCloseTo(0.7225, 4);
    expect(proportion(10, 10).high).toBeCloseTo(1, 9);
  });

  it("knows nothing of an empty whole", () => {
    expect(proportion(0, 0)).toEqual({ value: Number.NaN, low: 0, high: 1 });
  });

  it("counts the four answers and derives precision, recall and F1", () => {
    const tally = tallyOf([
      ...Array(8).fill({ expected: true, found: true }),
      ...Array(2).fill({ expected: false, found: true }),
      ...Array(4).fill({ expected: true, found: false }),
      { expected: false, found: false },
    ]);
    expect(tally).toEqual({ tp: 8, fp: 2, fn: 4, tn: 1 });
    const { precision, recall, f1 } = measuresOf(tally);
    expect(precision.value).toBeCloseTo(0.8);
    expect(recall.value).toBeCloseTo(8 / 12);
    expect(f1).toBeCloseTo(8 / 11);
  });
});

describe("the corpus", () => {
  it("finds files by id, checks their bytes and lists what is not there", () => {
    expect(corpus.files.map(({ label }) => label.id)).toEqual(["a", "b", "c", "d", "e"]);
    expect(corpus.files.every(({ sameBytes }) => sameBytes)).toBe(true);
    expect(corpus.missing.map(({ id }) => id)).toEqual(["f"]);
  });

  it("says which field of which record is wrong", () => {
    const wrong = JSON.stringify({ files: [{ id: "a", kind: "picture" }] });
    expect(() => parseManifest(wrong)).toThrow(/not a manifest of labels.*files\.0\./);
  });
});

describe("a score", () => {
  const rowOf = (score: ReturnType<typeof scoreOf>, family: string, kind: string) =>
    score.rows.find((row) => row.family === family && row.kind === kind)!;

  it("is whole when the linter says what the labels say", () => {
    const score = scoreOf(answers({ a: ["FW101"], c: ["FW201"], d: ["FW302"] }), "single");
    expect(rowOf(score, "fairness", "all").tally).toEqual({ tp: 1, fp: 0, fn: 0, tn: 3 });
    expect(rowOf(score, "deployment", "config").tally).toEqual({ tp: 1, fp: 0, fn: 0, tn: 0 });
    expect(rowOf(score, "waste", "all").tally).toEqual({ tp: 1, fp: 0, fn: 0, tn: 0 });
    expect(score.misses).toEqual([]);
  });

  it("names every wrong answer with the label's reason", () => {
    const score = scoreOf(answers({ b: ["FW101", "FW101", "FW210"] }), "single");
    expect(rowOf(score, "fairness", "python").tally).toEqual({ tp: 0, fp: 1, fn: 1, tn: 1 });
    expect(rowOf(score, "deployment", "all").tally).toEqual({ tp: 0, fp: 1, fn: 1, tn: 2 });
    expect(score.rules).toEqual([
      { rule: "FW101", right: 0, wrong: 1 },
      { rule: "FW210", right: 0, wrong: 1 },
    ]);
    expect(score.traps).toContainEqual({ trap: "non_ml", files: 1, wrong: 1 });
    const text = reportOf(score);
    expect(text).toContain(
      "FALSE NEGATIVE fairness a owner/project/src/train.py [high, check_in_sibling_file]",
    );
    expect(text).toContain("label: why fair a");
    expect(text).toContain("FALSE POSITIVE deployment b owner/project/src/plain.py [high, non_ml]");
    expect(text).toContain("line 1: FW210 message of FW210");
    expect(text).toContain("FALSE NEGATIVE waste d");
  });

  it("takes the project's labels within a project", () => {
    const single = scoreOf(answers({}), "single");
    const project = scoreOf(answers({}), "project");
    expect(rowOf(single, "fairness", "all").tally.fn).toBe(1);
    expect(rowOf(project, "fairness", "all").tally.fn).toBe(0);
  });

  it("leaves labels of low confidence out and does not ask for waste of less confidence", () => {
    const score = scoreOf(answers({ d: ["FW301", "FW302"], e: ["FW201"] }), "single");
    expect(rowOf(score, "fairness", "ambiguous").files).toBe(0);
    expect(rowOf(score, "deployment", "ambiguous").tally).toEqual({ tp: 0, fp: 1, fn: 0, tn: 0 });
    expect(rowOf(score, "deployment", "all").tally.fp).toBe(0);
    expect(rowOf(score, "waste", "all").tally).toEqual({ tp: 1, fp: 0, fn: 0, tn: 0 });
    expect(score.allowedWaste).toBe(1);
  });

  it("counts waste that no label names", () => {
    const score = scoreOf(answers({ b: ["FW303"], d: ["FW302"] }), "single");
    expect(rowOf(score, "waste", "all").tally).toEqual({ tp: 1, fp: 1, fn: 0, tn: 0 });
  });
});
