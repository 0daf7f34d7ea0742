import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lintTree } from "../../../src/cli/lint-tree.ts";
import type { Finding } from "../../../src/lint/finding.ts";
import { ProjectIndex } from "../../../src/lint/project/project-index.ts";
import { TableColumnsReader } from "../../../src/lint/project/table-columns.node.ts";
import { createReaders } from "../../../src/lint/readers.node.ts";
import { rulePage } from "../../../src/lint/rule-page.ts";
import { missingFairnessCheck } from "../../../src/lint/rules/fw101-missing-fairness-check.ts";
import { createService } from "../../../src/lint/worker-service.node.ts";
import { evidence } from "./evidence.ts";

const readers = await createReaders();

/** Names neither a column nor what it is about. */
const trains = (read = 'pd.read_csv("data/train.csv")') => `import pandas as pd
from pathlib import Path
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split

df = ${read}
X, y = df.iloc[:, :-1], df.iloc[:, -1]
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)
model = RandomForestClassifier().fit(X_train, y_train)
print(model.score(X_test, y_test))
`;
const PEOPLE = "applicant_id,sex,age,income,loan_status\n1,f,39,2000,1\n";
const FLOWERS = "sepal_length,sepal_width,petal_length,species\n1,2,3,setosa\n";

let folder: string;
const at = (name: string) => path.join(folder, name);
const write = (name: string, text: string | Buffer) => {
  fs.mkdirSync(path.dirname(at(name)), { recursive: true });
  fs.writeFileSync(at(name), text);
};
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-tables-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

async function found(program = "train.py", select = ["FW101"]): Promise<Finding[]> {
  const recorded = async () => ({ audits: [], measured: {}, hasRuns: false });
  const { reports } = await lintTree({ root: folder, files: [at(program)], selection: { select }, recorded });
  expect(reports.flatMap(({ notes }) => notes)).toEqual([]);
  return reports.flatMap((report) => report.findings.map(({ finding }) => finding));
}

describe("fairwatt lint, of a program that names no columns", () => {
  it("reads them from the table that it trains on, and says which", async () => {
    write("train.py", trains());
    expect(await found()).toEqual([]);
    write("data/train.csv", PEOPLE);
    const [finding] = await found();
    expect(finding).toMatchObject({ rule: "FW101", severity: "warning" });
    expect(finding!.message).toContain("on loan_status has sex and age in its data");
    expect(finding!.why).toContain("Columns of data/train.csv: sex, age, income and loan_status.");
    expect(finding!.related).toContainEqual(
      expect.objectContaining({
        message: "columns of data/train.csv: sex, age, income and loan_status",
        file: "data/train.csv",
      }),
    );
    expect(finding!.fixes.at(-1)!.edits[0]!.newText).toContain('["sex", "age"]');
  });

  it("is said on the rule's page", () => {
    const page = rulePage(missingFairnessCheck);
    expect(page).toContain("\n## Where it looks\n");
    expect(page).toContain("the first line of a CSV or TSV file");
  });

  it.each([
    ["of flowers", FLOWERS],
    ["without names", "39,State-gov,77516,Male\n"],
    ["of packages", "height,weight,approved,shelf\n1,2,1,a\n"],
    ["of houses", "longitude,latitude,housing_median_age,median_income,median_house_value\n"],
    ["of passengers", "Survived,Pclass,Sex,Age,SibSp,Parch\n"],
    ["of dogs", "sex,breed,species,weight\nf,a,b,3\n"],
  ])("stays silent on a table %s", async (_, table) => {
    write("train.py", trains());
    write("data/train.csv", table);
    expect(await found()).toEqual([]);
  });

  it("says what it said before where a table shows no person", async () => {
    write("train.py", trains().replace("X, y = df.iloc[:, :-1]", 'df["gender"], y = df["loan_approved"]'));
    const before = await found();
    expect(before).toHaveLength(1);
    write("data/train.csv", FLOWERS);
    expect(await found()).toEqual(before);
  });

  it("is silenced as it is elsewhere", async () => {
    write("train.py", trains());
    write("data/train.csv", PEOPLE);
    write(
      "evaluate.py",
      "from fairlearn.metrics import MetricFrame\nframe = MetricFrame(metrics=m, y_true=t)\n",
    );
    expect(await found()).toEqual([]);
  });

  it("reads only the columns that are listed", async () => {
    write("train.py", trains('pd.read_csv("data/train.csv", usecols=["applicant_id"])'));
    write("data/train.csv", PEOPLE);
    expect(await found()).toEqual([]);
  });

  it("finds tables from the program's folder and those above it, ignored by git or not", async () => {
    write(".gitignore", "data/\n");
    write("src/model/train.py", trains());
    write("src/other/train.py", trains('pd.read_csv(Path(__file__).parents[2] / "data" / "train.csv")'));
    write("data/train.csv", PEOPLE);
    expect(await found("src/model/train.py")).toHaveLength(1);
    expect(await found("src/other/train.py")).toHaveLength(1);
    write("src/data/train.csv", FLOWERS);
    // Either could be meant.
    expect(await found("src/model/train.py")).toEqual([]);
    expect(await found("src/other/train.py")).toHaveLength(1);
  });

  it("reads JSON lines", async () => {
    write("train.py", trains('pd.read_json("data/train.jsonl", lines=True)'));
    write("data/train.jsonl", '{"sex": "f", "age": 39, "loan_status": 1}\n');
    expect(await found()).toHaveLength(1);
  });
});

describe("hostile tables", () => {
  const outside = () => fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-outside-"));
  const hostile: [string, () => void][] = [
    ["bytes", () => write("data/train.csv", Buffer.from([115, 101, 120, 44, 0, 1, 255, 10]))],
    ["UTF-16", () => write("data/train.csv", Buffer.from(PEOPLE, "utf16le"))],
    ["nothing", () => write("data/train.csv", "")],
    ["a folder", () => fs.mkdirSync(at("data/train.csv"), { recursive: true })],
    [
      "one line of 100 MB",
      () => {
        write("data/train.csv", "sex,age,loan_status,".repeat(5_000));
        fs.truncateSync(at("data/train.csv"), 100_000_000);
      },
    ],
    [
      "a line of names that does not end",
      () => write("data/train.csv", "sex,age,loan_status,".repeat(5_000)),
    ],
    [
      "a pipe",
      () => {
        fs.mkdirSync(at("data"));
        execFileSync("mkfifo", [at("data/train.csv")]);
      },
    ],
    [
      "a link in a circle",
      () => {
        fs.mkdirSync(at("data"));
        fs.symlinkSync("train.csv", at("data/train.csv"));
      },
    ],
    [
      "a link out of the project",
      () => {
        const elsewhere = outside();
        fs.writeFileSync(path.join(elsewhere, "train.csv"), PEOPLE);
        fs.symlinkSync(elsewhere, at("data"));
      },
    ],
  ];
  it.each(hostile)("%s", async (_, make) => {
    write("train.py", trains());
    make();
    expect(await found()).toEqual([]);
    const real = fs.existsSync(at("data")) ? fs.realpathSync(at("data")) : folder;
    if (!real.startsWith(fs.realpathSync(folder))) fs.rmSync(real, { recursive: true });
  });

  it("are not read outside the project, whatever a program names", () => {
    const elsewhere = outside();
    try {
      fs.writeFileSync(path.join(elsewhere, "train.csv"), PEOPLE);
      const index = new ProjectIndex();
      const reader = new TableColumnsReader(folder);
      const named = [path.join(elsewhere, "train.csv"), `../${path.basename(elsewhere)}/train.csv`];
      const tables = named.map((name) => ({ path: name, fromProgram: false, lines: false }));
      index.set("train.py", evidence("train.py", { tables }));
      expect(reader.learn(index, "train.py")).toBe(false);
      write("train.csv", PEOPLE);
      index.set("train.py", evidence("train.py", { tables: [{ ...tables[0]!, path: at("train.csv") }] }));
      expect(reader.learn(index, "train.py")).toBe(true);
      expect(index.evidenceFor("train.py").tables.map(({ file }) => file)).toEqual(["train.csv"]);
    } finally {
      fs.rmSync(elsewhere, { recursive: true });
    }
  });
});

describe("the editor's worker", () => {
  const root = "file:///tables";
  const service = createService(readers);
  const codes = async (text: string) => {
    const document = { uri: `${root}/train.py`, version: 1, path: "train.py", text, root };
    const report = await service.document({ document, selection: { select: ["FW101"] } });
    return report.findings.map(({ rule }) => rule);
  };

  it("knows a table's columns from its index, and that they changed", async () => {
    write("train.py", trains());
    await service.index({ root, folder });
    expect(await codes(trains())).toEqual([]);
    write("data/train.csv", PEOPLE);
    const changed = { root, folder, files: [{ path: "data/train.csv" }] };
    expect(await codes(trains())).toEqual([]);
    expect(await service.changed(changed)).toBe(true);
    expect(await service.changed(changed)).toBe(false);
    expect(await codes(trains())).toEqual(["FW101"]);
    // Of a table that it was not asked about yet it says nothing.
    expect(await codes(trains('pd.read_csv("data/other.csv")'))).toEqual([]);
    write("data/train.csv", `${FLOWERS}${FLOWERS}`);
    expect(await service.index({ root, folder })).toEqual({ files: 1, news: true });
    expect(await codes(trains())).toEqual([]);
    write("data/train.csv", PEOPLE);
    expect(await service.changed(changed)).toBe(true);
    fs.rmSync(at("data/train.csv"));
    expect(await service.changed(changed)).toBe(true);
    expect(await codes(trains())).toEqual([]);
  });
});
