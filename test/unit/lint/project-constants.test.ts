import { beforeAll, describe, expect, it } from "vitest";
import { createLinter, type Linter } from "../../../src/lint/engine.ts";
import type { Finding } from "../../../src/lint/finding.ts";
import { columnConstants } from "../../../src/lint/project/constants.ts";
import { fileEvidence } from "../../../src/lint/project/file-evidence.ts";
import { ProjectIndex } from "../../../src/lint/project/project-index.ts";
import { createReaders } from "../../../src/lint/readers.node.ts";

let linter: Linter;
beforeAll(async () => {
  linter = createLinter(await createReaders());
});

/** What is said of a program within a project of these files. */
function saidOf(path: string, files: Record<string, string>, select = ["FW101"]): Finding[] {
  const index = new ProjectIndex();
  for (const [file, text] of Object.entries(files))
    index.set(file, fileEvidence(file, text, linter.lint({ path: file, text }, { select: [] }).facts));
  const evidence = index.evidenceFor(path);
  const result = linter.lint({ path, text: files[path]! }, { select, evidence });
  expect(result.failures).toEqual([]);
  return result.findings;
}

/** Names neither a column nor what it is about. */
const trains = (imports: string, features = "FEATURES", target = "TARGET") => `import pandas as pd
from sklearn.ensemble import RandomForestClassifier
${imports}
df = pd.read_parquet("input.parquet")
model = RandomForestClassifier()
model.fit(df[${features}], df[${target}])
`;
const OF_LOANS = `FEATURES = [
    "income",  # a year
    "gender",
]
TARGET: str = "loan_status"
`;
const OF_PUMPS = 'FEATURES = ["pressure", "flow"]\nTARGET = "failure"\n';
const FROM = trains("from .config import FEATURES, TARGET");

describe("columns that constants of the project name", () => {
  it("are said with the module that names them, and not of the program alone", () => {
    expect(linter.lint({ path: "src/train.py", text: FROM }, { select: ["FW101"] }).findings).toEqual([]);
    const [finding] = saidOf("src/train.py", { "src/train.py": FROM, "src/config.py": OF_LOANS });
    expect(finding!.message).toContain("model.fit on loan_status has gender in its data");
    expect(finding!.why).toContain("Columns of src/config.py: income, gender and loan_status.");
    expect(finding!.related).toContainEqual(expect.objectContaining({ file: "src/config.py" }));
  });

  it.each([
    ["a module", "from src import config", "config.FEATURES", "config.TARGET"],
    ["a module by another name", "import src.config as cfg", "cfg.FEATURES", "cfg.TARGET"],
    ["everything", "from src.config import *", "FEATURES", "TARGET"],
    ["a class of settings", "from src.config import Config", "Config.FEATURES", "Config.TARGET"],
  ])("are found through %s", (_, imports, features, target) => {
    const text = trains(imports, features, target);
    const config = imports.endsWith("Config")
      ? `class Config:\n${OF_LOANS.replace(/^/gm, "    ")}`
      : OF_LOANS;
    expect(
      saidOf("notebooks/train.py", { "notebooks/train.py": text, "src/config.py": config }),
    ).toHaveLength(1);
  });

  it.each([
    ["of pumps", FROM, "src/config.py", OF_PUMPS],
    ["of a module that is not imported", FROM, "src/other.py", OF_LOANS],
    ["of another package", FROM, "lib/config.py", OF_LOANS],
    ["of a test", FROM, "tests/config.py", OF_LOANS],
    ["that are not read", trains("from src import config", "columns", "label"), "src/config.py", OF_LOANS],
  ])("say nothing %s", (_, text, module, config) => {
    expect(saidOf("src/train.py", { "src/train.py": text, [module]: config })).toEqual([]);
  });

  it("are no features where columns are chosen", () => {
    const files = { "src/train.py": FROM, "src/config.py": OF_LOANS };
    expect(saidOf("src/train.py", files, ["FW102"])).toEqual([]);
  });

  it("are read from text, few of each module", () => {
    expect(
      columnConstants("config.py", 'label = "churn"\nCOLS = {"sex": int, "x": str}\nURL = "https://a"\n'),
    ).toEqual([
      { file: "config.py", name: "label", columns: ["churn"] },
      { file: "config.py", name: "COLS", columns: ["sex"] },
    ]);
    // Lower-case names are settings in a module for them only.
    expect(columnConstants("train.py", 'label = "churn"\n')).toEqual([]);
    expect(columnConstants("config.yaml", 'TARGET = "churn"\n')).toEqual([]);
    const many = Array.from({ length: 100 }, (_, at) => `C${at} = "sex"\n`).join("");
    expect(columnConstants("config.py", many)).toHaveLength(30);
  });
});
