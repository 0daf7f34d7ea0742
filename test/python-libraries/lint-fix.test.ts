/** The comparison that FW101 inserts, run: programs as people write them, on data where each group's results are known. */

import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { createLinter, type Linter } from "../../src/lint/engine.ts";
import { planOne } from "../../src/lint/fix.ts";
import { applyPlan } from "../../src/lint/fix-file.ts";
import { NO_EVIDENCE } from "../../src/lint/project/touched-evidence.ts";
import { createReaders } from "../../src/lint/readers.node.ts";

const PROGRAMS = fileURLToPath(new URL("fix-programs", import.meta.url));
const RUN = fileURLToPath(new URL("run-programs.py", import.meta.url));
const interpreters = inject("interpreters");
/** Of each library the environment that its comparison runs in, and what it says where sex 1 is always selected, sex 0 never. */
const LIBRARIES = {
  pandas: { environment: "fairlearn", says: /^0 +\d+ +0\.0 +0\.0\n1 +\d+ +1\.0 +0\.0$/m },
  Fairlearn: {
    environment: "fairlearn",
    says: /^0 +[\d.]+ +1\.0 +0\.0 +0\.0\n1 +[\d.]+ +1\.0 +1\.0 +0\.0$/m,
  },
  AIF360: { environment: "aif360", says: /^sex (?:0 against 1 0\.0 -1\.0|1 against 0 0\.0 1\.0)$/m },
  Aequitas: { environment: "aequitas", says: /sex +0 +(?:0\.0+|NaN) .*\n.*sex +1 +10?\.0+ / },
} as const;
type Library = keyof typeof LIBRARIES;
/** No decision is made in it, which AIF360 and Aequitas compare. */
const REGRESSION = "regression";

/** Aequitas' environment has no scikit-learn to train with: that of another one is used. */
const packages = execFileSync(interpreters.fairlearn, [
  "-c",
  "import sysconfig; print(sysconfig.get_path('purelib'))",
])
  .toString()
  .trim();
const names = fs.readdirSync(PROGRAMS).map((file) => file.replace(/\.py$/, ""));

let linter: Linter;
let folder: string;
beforeAll(async () => {
  linter = createLinter(await createReaders());
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-fixes-"));
  fs.writeFileSync(path.join(folder, "loans.csv"), loans(120, 0));
  fs.writeFileSync(path.join(folder, "later.csv"), loans(60, 1));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** Who has sex 1 defaults, and income says it, too: a model finds every label, so rows of other persons show as errors. */
function loans(rows: number, shift: number): string {
  const row = (_: unknown, index: number) => {
    const sex = (index * index + shift) % 7 < 3 ? 1 : 0;
    return [20 + ((index * 13) % 50), sex, 10 + 40 * sex + (index % 5), ["own", "rent"][index % 2], sex];
  };
  return ["age,sex,income,housing,default", ...Array.from({ length: rows }, row)].join("\n");
}

/** The program with the comparison of a library; undefined where that is not offered. */
function checked(name: string, library: string): string | undefined {
  const source = { path: "train.py", text: read(name) };
  const evidence = { ...NO_EVIDENCE, dependencies: new Set(["fairlearn", "aif360", "aequitas"]) };
  const result = linter.lint(source, { select: ["FW101"], evidence });
  const finding = result.findings[0];
  const fix = finding?.fixes.find(({ title }) => title.endsWith(`with ${library}`));
  return finding && fix && applyPlan(source, result, planOne(finding, fix));
}

describe.each(Object.keys(LIBRARIES) as Library[])("the inserted comparison with %s", (library) => {
  const { environment, says } = LIBRARIES[library];
  const file = (name: string) => `${library}-${name}.py`;
  let shown: Record<string, { out: string; error?: string }>;
  beforeAll(() => {
    const offered = names.filter((name) => {
      const program = checked(name, library);
      if (program !== undefined) fs.writeFileSync(path.join(folder, file(name)), program);
      return program !== undefined;
    });
    const out = execFileSync(interpreters[environment], [RUN, packages, ...offered.map(file)], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    shown = JSON.parse(out);
  });

  it.each(names.filter((name) => name !== REGRESSION))("says of %s what is so", (name) => {
    const { out, error } = shown[file(name)] ?? { out: "", error: "not offered" };
    expect(error).toBeUndefined();
    expect(out).toMatch(says);
    if (library === "pandas") expect(comparedIn(out), out).toBe(testRowsOf(name));
  });

  it("compares errors of a regression, where it can", () => {
    const { out, error } = shown[file(REGRESSION)] ?? { out: "", error: "not offered" };
    if (library === "AIF360" || library === "Aequitas") expect(error).toBe("not offered");
    else {
      expect(error).toBeUndefined();
      expect(out).toMatch(/^0 +\d+(?:\.0)? +\d\.\d+\n1 +\d+(?:\.0)? +\d\.\d+$/m);
    }
  });
});

const read = (name: string) => fs.readFileSync(path.join(PROGRAMS, `${name}.py`), "utf8");

/** By the program's first line. */
const testRowsOf = (name: string) => Number(/^# rows: (\d+)/.exec(read(name))?.[1]);

/** Persons in the first table by sex. */
function comparedIn(out: string): number {
  const [, none = "0", always = "0"] = /^0 +(\d+) .*\n1 +(\d+) /m.exec(out) ?? [];
  return Number(none) + Number(always);
}
