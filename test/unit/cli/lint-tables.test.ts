import { Readable } from "node:stream";
import { describe, expect, it, vi } from "vitest";
import { lint } from "../../../src/cli/lint.ts";
import { commandFolder } from "./command-folder.ts";

const here = commandFolder();

describe("fairwatt lint of a program that trains on a table of the project", () => {
  it("knows the table's columns, also for standard input", async () => {
    const text =
      'import pandas as pd\nfrom sklearn.svm import SVC\n\ndf = pd.read_csv("train.csv")\nSVC().fit(df.iloc[:, :-1], df.iloc[:, -1])\n';
    here.write("train.py", text);
    here.write("train.csv", "sex;age;approved\n1;39;0\n");
    const options = { select: "FW101", format: "json", cwd: here.cwd };
    expect(await lint(["train.py"], options)).toBe(1);
    const [finding] = JSON.parse(here.out) as { why: string[] }[];
    expect(finding?.why).toContain("Columns of train.csv: sex, age and approved.");
    here.clear();
    vi.spyOn(process, "stdin", "get").mockReturnValue(Readable.from([Buffer.from(text)]) as never);
    expect(await lint(["-"], { ...options, stdinFilename: "train.py" })).toBe(1);
    expect(JSON.parse(here.out)).toEqual([finding]);
  });
});
