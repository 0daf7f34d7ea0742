import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, inject, it, vi } from "vitest";
import { reasons } from "../../src/cli/reasons.ts";
import { commandFolder } from "../unit/cli/command-folder.ts";

const python = inject("interpreters").fairlearn;

/**
 * In the place of the package shap, which brings a compiler along that takes its time: its exact explainer for independent maskers as it is defined,
 * by all subsets of the features (Lundberg and Lee 2017).
 */
const SHAP = `
from itertools import combinations
from math import factorial
from types import SimpleNamespace
import numpy

class Independent:
    def __init__(self, data, max_samples):
        self.data = data[:max_samples]

class Exact:
    def __init__(self, model, masker):
        self.model, self.masker = model, masker

    def value(self, row, kept):
        block = self.masker.data.copy()
        block[:, list(kept)] = row[list(kept)]
        return self.model(block).mean()

    def __call__(self, rows, max_evals, batch_size, silent):
        count = rows.shape[1]
        values = numpy.zeros(rows.shape)
        for at, row in enumerate(rows):
            for feature in range(count):
                others = [other for other in range(count) if other != feature]
                for size in range(count):
                    weight = factorial(size) * factorial(count - size - 1) / factorial(count)
                    for kept in combinations(others, size):
                        gain = self.value(row, kept + (feature,)) - self.value(row, kept)
                        values[at, feature] += weight * gain
        return SimpleNamespace(values=values)

maskers = SimpleNamespace(Independent=Independent)
explainers = SimpleNamespace(Exact=Exact)
`;
const ROWS = Array.from({ length: 40 }, (_, row) => [`A${row}`, row / 40, row % 5, row % 2 ? "own" : "rent"]);
const TABLE = `id,utilization,inquiries,housing\n${ROWS.map((row) => row.join(",")).join("\n")}\n`;
const TOML = `[report.ecoa]
higher-means = "approval"
[report.ecoa.reasons]
utilization = "Balances are high compared with credit limits"
inquiries = "Too many recent inquiries"
housing = "Length of residence is limited"
`;
const SCORE = `
def score(rows):
    own = (rows["housing"] == "own") * 1.0
    return 2 - 3 * rows["utilization"] - 0.1 * rows["inquiries"] + 0.5 * own
`;

describe("reasons by the model itself", () => {
  const here = commandFolder({
    "fairwatt.toml": TOML,
    "applications.csv": TABLE,
    "scoring.py": SCORE,
    "libraries/shap/__init__.py": SHAP,
    "libraries/shap-0.51.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: shap\nVersion: 0.51.0\n",
  });
  const call = async (more = {}, libraries = "libraries") => {
    vi.stubEnv("PYTHONPATH", path.join(here.cwd, libraries));
    return reasons("applications.csv", {
      ...{ id: "id", model: "scoring:score", threshold: "-0.5", python, format: "json", cwd: here.cwd },
      ...more,
    });
  };

  it.each([
    ["a stand-in that is exact by definition", "libraries", "0.51.0"],
    ["shap from PyPI", "nothing", String.raw`\d+\.\d+\.\d+`],
  ])(
    "gives each feature what it adds to the score against the reference population: %s",
    async (_, libraries, version) => {
      // Its loops as Python: compiling them takes longer than running them.
      vi.stubEnv("NUMBA_DISABLE_JIT", "1");
      expect(await call({ against: "all" }, libraries)).toBe(0);
      const { applicants, method, reference, checks } = JSON.parse(here.out);
      expect(method).toMatch(new RegExp(`^SHAP ${version} values \\(exact\\), output call of function$`));
      expect(reference).toBe("40 of the applicants of the table, seed 1");
      const last = applicants.find(({ applicant }: { applicant: string }) => applicant === "A38");
      expect(last.reasons.map(({ feature }: { feature: string }) => feature)).toEqual([
        "utilization",
        "housing",
        "inquiries",
      ]);
      // Of a sum, the coefficient times the distance from the mean.
      const [utilization, housing, inquiries] = last.reasons;
      expect(utilization).toMatchObject({ value: "0.95" });
      expect(utilization.contribution).toBeCloseTo(-3 * (0.95 - 0.4875), 9);
      expect(housing.contribution).toBeCloseTo(-0.25, 9);
      expect(inquiries.contribution).toBeCloseTo(-0.1 * (3 - 2), 9);
      expect(checks.filter(({ state }: { state: string }) => state !== "nothing found")).toEqual([]);
    },
    180_000,
  );

  it("takes the approved for the reference population, and writes nothing beside Fairwatt's files", async () => {
    expect(await call({ against: "approved", ledger: false })).toBe(0);
    const { reference } = JSON.parse(here.out);
    expect(reference).toMatch(/^\d+ of the approved applicants of the table, seed 1$/);
    expect(fs.readdirSync(here.cwd)).not.toContain(".fairwatt");
    const own = path.resolve(import.meta.dirname, "../../src/python");
    expect(fs.readdirSync(own)).not.toContain("__pycache__");
  });

  it("says so where there is nothing to explain", async () => {
    expect(await call({ threshold: "-9" })).toBe(2);
    expect(here.err).toContain("no action was adverse");
  });
});
