import { describe, expect, it } from "vitest";
import { areSiblings, ProjectIndex } from "../../../src/lint/project/project-index.ts";
import { readVersions } from "../../../src/lint/project/versions.ts";
import { evidence } from "./evidence.ts";

describe("readVersions", () => {
  it.each([
    [
      "requirements.txt",
      "transformers==4.44.2\ntorch>=2.1,<3 # gpu\n-r other.txt\nvllm\n",
      { transformers: { exact: "4.44.2" }, torch: { min: "2.1", below: "3" }, vllm: {} },
    ],
    ["requirements-dev.in", "Scikit_Learn ~= 1.4\n", { "scikit-learn": { min: "1.4", below: "2" } }],
    [
      "pyproject.toml",
      '[project]\ndependencies = ["transformers[torch]>=5,<6", "fairlearn"]\n',
      { transformers: { min: "5", below: "6" }, fairlearn: {} },
    ],
    [
      "pyproject.toml",
      '[tool.poetry.dependencies]\npython = "^3.11"\ntransformers = "^4.40"\ntorch = {version = "2.3.0", extras = ["x"]}\n[tool.x]\na = 1\n',
      { transformers: { min: "4.40", below: "5" }, torch: { exact: "2.3.0" } },
    ],
    [
      "poetry.lock",
      '[[package]]\nname = "transformers"\nversion = "4.41.0"\n',
      { transformers: { exact: "4.41.0" } },
    ],
    ["uv.lock", '[[package]]\nname = "torch"\nversion = "2.4.1"\n', { torch: { exact: "2.4.1" } }],
    [
      "Pipfile.lock",
      '{"default": {"torch": {"hashes": [], "version": "==2.4.1"}}}',
      { torch: { exact: "2.4.1" } },
    ],
    [
      "docker/Dockerfile.gpu",
      'FROM x\nRUN pip install --no-cache-dir "transformers==4.30.0" \\\n  vllm && echo done\n',
      { transformers: { exact: "4.30.0" }, vllm: {} },
    ],
    [
      "environment.yml",
      "dependencies:\n  - python=3.11\n  - pytorch=2.1\n  - pip:\n    - transformers==4.44.0\n",
      { pytorch: { exact: "2.1" }, transformers: { exact: "4.44.0" } },
    ],
  ])("reads %s", (file, text, expected) => {
    expect(readVersions(file, text)).toMatchObject(expected);
  });

  it("reads nothing of other files", () => {
    expect(readVersions("notes.txt", "transformers==4.44.2")).toEqual({});
  });
});

describe("areSiblings", () => {
  it.each([
    ["a/train.py", "a/check.py", true],
    ["a/train.py", "a/fairness/check.py", true],
    ["a/b/train.py", "a/check.py", true],
    ["a/train.py", "b/check.py", false],
    ["train.py", "check.py", true],
    ["train.py", "a/check.py", false],
    ["ab/train.py", "a/check.py", false],
  ])("%s and %s: %s", (a, b, expected) => {
    expect(areSiblings(a, b)).toBe(expected);
    expect(areSiblings(b, a)).toBe(expected);
  });
});

describe("ProjectIndex", () => {
  it("gives a file what the others say, not itself", () => {
    const index = new ProjectIndex();
    index.set("a/train.py", evidence("a/train.py", { fairnessChecks: ["own"], quantizationCalls: ["q"] }));
    index.set(
      "a/check.py",
      evidence("a/check.py", {
        fairnessChecks: ["fairlearn.metrics.MetricFrame"],
        energyTools: ["codecarbon"],
      }),
    );
    index.addDocument("a/README.md");
    const found = index.evidenceFor("a/train.py");
    expect(found.fairnessChecks).toEqual([{ file: "a/check.py", what: "fairlearn.metrics.MetricFrame" }]);
    expect(found.quantizationCalls).toEqual([]);
    expect([...found.documents]).toEqual(["readme.md"]);
    expect([...found.energyTools]).toEqual(["codecarbon"]);
    expect(index.evidenceFor("b/train.py").fairnessChecks).toEqual([]);
  });

  it("says whether something changed, and forgets", () => {
    const index = new ProjectIndex();
    const check = evidence("check.py", { fairnessChecks: ["x"] });
    expect(index.set("check.py", check)).toBe(true);
    expect(index.set("check.py", { ...check })).toBe(false);
    expect(index.set("check.py", undefined)).toBe(true);
    expect(index.set("check.py", undefined)).toBe(false);
    expect(index.addDocument("README.md")).toBe(true);
    expect(index.addDocument("README.md")).toBe(false);
    expect(index.removeDocument("README.md")).toBe(true);
    expect(index.evidenceFor("a.py").documents.size).toBe(0);
  });

  it("takes versions from the file nearest above, pinned before bounded", () => {
    const index = new ProjectIndex();
    index.set("requirements.txt", evidence("requirements.txt", { versions: { transformers: { min: "4" } } }));
    index.set("uv.lock", evidence("uv.lock", { versions: { transformers: { exact: "4.44.2" } } }));
    index.set(
      "svc/requirements.txt",
      evidence("svc/requirements.txt", { versions: { transformers: { exact: "5.0.0" } } }),
    );
    expect(index.evidenceFor("train.py").versions.transformers).toMatchObject({
      exact: "4.44.2",
      file: "uv.lock",
    });
    expect(index.evidenceFor("svc/app.py").versions.transformers).toMatchObject({ exact: "5.0.0" });
  });

  it("hands over what was measured of a file", () => {
    const index = new ProjectIndex();
    const measured = { run: "r", energyJoules: 1, durationSeconds: 2, epochs: [] };
    index.record({ audits: [], measured: { "train.py": measured }, hasRuns: true });
    expect(index.evidenceFor("train.py").measured).toEqual(measured);
    expect(index.evidenceFor("other.py").measured).toBeUndefined();
    expect(index.evidenceFor("other.py").energyTools.has("fairwatt")).toBe(true);
  });
});
