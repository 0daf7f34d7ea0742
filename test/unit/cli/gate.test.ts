import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { audit } from "../../../src/cli/audit.ts";
import { gate } from "../../../src/cli/gate.ts";
import { addEntry, entryFile, runBody } from "../ledger/fixtures.ts";
import { commandFolder } from "./command-folder.ts";

const here = commandFolder();
const fairwatt = () => path.join(here.cwd, ".fairwatt");
const call = (more: Partial<Parameters<typeof gate>[0]> = {}) =>
  gate({ cwd: here.cwd, format: "text", ...more });
const model = () =>
  addEntry(fairwatt(), "R", { artefacts: [{ path: "m.pt", bytes: 1, sha256: "a".repeat(64) }] });

const TRAINS = `import pandas as pd
from sklearn.linear_model import LogisticRegression

df = pd.read_csv("german_credit.csv")
model = LogisticRegression()
model.fit(df[["age", "sex"]], df["loan_status"])
y_pred = model.predict(df[["age", "sex"]])
`;

describe("fairwatt gate", () => {
  it("is open where nothing is asked", async () => {
    expect(await call()).toBe(0);
    expect(here.out).toMatch(/no audit is asked for[\s\S]*The gate is open\./);
  });

  it("is closed by a model without an audit, unless the project file says otherwise", async () => {
    await model();
    expect(await call()).toBe(1);
    expect(here.out).toContain("fairwatt audit --run R");
    here.write("fairwatt.toml", "[gate]\naudit = false\n");
    expect(await call()).toBe(0);
  });

  it("is closed by a changed ledger", async () => {
    const { hash } = await model();
    fs.appendFileSync(entryFile(fairwatt(), hash), " ");
    expect(await call()).toBe(1);
    expect(here.out).toMatch(/The ledger was changed: entry /);
  });

  it("is closed by a project file that cannot be read: what it asks for is not known", async () => {
    here.write("fairwatt.toml", "[gate\naudit = true\n");
    expect(await call({ format: "json" })).toBe(1);
    expect(JSON.parse(here.out).findings).toEqual([
      expect.objectContaining({ check: "settings-wrong", level: "error", file: "fairwatt.toml", line: 2 }),
      expect.objectContaining({ check: "audit-missing", level: "note" }),
    ]);
  });

  it("is closed by a limit that the project file sets after the audit", async () => {
    const table = `y,p,sex\n${"1,1,f\n0,0,m\n1,1,m\n0,0,f\n".repeat(40)}`;
    const settings = '[audit.tables."s*.csv"]\nlabel = "y"\nprediction = "p"\nsensitive = ["sex"]\n';
    here.write("scored.csv", table);
    here.write("fairwatt.toml", settings);
    expect(await audit("scored.csv", { cwd: here.cwd, replicates: "20" })).toBe(0);
    expect(await call()).toBe(0);
    here.write("fairwatt.toml", `${settings}limits = { equalized_odds = 0.1, four_fifths = true }\n`);
    here.clear();
    expect(await call()).toBe(1);
    expect(here.out).toMatch(
      /stops {2}scored\.csv was audited without what the project file asks for now: equalized_odds <= 0\.1, four_fifths\./,
    );
    expect(await audit("scored.csv", { cwd: here.cwd, replicates: "20" })).toBe(0);
    expect(await call()).toBe(0);
  });

  it("is closed by what lint finds, from the severity that is set", async () => {
    here.write("train.py", TRAINS);
    here.write("fairwatt.toml", '[gate]\nlint = "warning"\n[lint]\nprofile = "high-risk"\n');
    expect(await call({ format: "json" })).toBe(1);
    const { findings } = JSON.parse(here.out);
    expect(findings).toContainEqual(expect.objectContaining({ check: "lint", file: "train.py", line: 6 }));
    here.write("fairwatt.toml", '[gate]\nlint = "off"\n[lint]\nprofile = "high-risk"\n');
    expect(await call()).toBe(0);
  });

  it("is closed by a budget that is passed", async () => {
    const startedAt = new Date().toISOString();
    const { energy } = runBody("R");
    const meters = [{ id: "rapl:0", label: "CPU package 0", energy, share: "by CPU time" }];
    await addEntry(fairwatt(), "R", { startedAt, endedAt: startedAt, meters });
    here.write("fairwatt.toml", '[budget]\nperiod = "year"\nkwh = 0.0001\n');
    expect(await call()).toBe(1);
    expect(here.out).toMatch(/The budget of \d{4} is passed: energy 1000 mWh \(.*\) of 100 mWh/);
  });

  it("writes a file for code scanning and a summary for the job, and says the rest", async () => {
    await model();
    const [out, summary] = [path.join(here.cwd, "f.sarif"), path.join(here.cwd, "summary.md")];
    expect(await call({ format: "sarif", out, summary })).toBe(1);
    expect(here.out).toMatch(/The gate is closed: 1 thing does not hold\./);
    expect(JSON.parse(fs.readFileSync(out, "utf8")).runs[0].results).toHaveLength(1);
    expect(fs.readFileSync(summary, "utf8")).toContain("the gate is closed");
  });

  it("says what it cannot do, and what is wrong with its settings", async () => {
    expect(await call({ format: "xml" })).toBe(2);
    expect(await call({ out: path.join(here.cwd, "no", "where") })).toBe(2);
    expect(here.err).toMatch(/ENOENT/);
    here.write("fairwatt.toml", '[gate]\nlint = "never"\nmax-age-days = 0\nadit = true\n');
    here.clear();
    expect(await call()).toBe(1);
    expect(here.out).toMatch(/stops +fairwatt\.toml:2: lint must be "error", "warning" or "off"/);
    expect(here.out).toMatch(/fairwatt\.toml:3: max-age-days must be a number above 0/);
    expect(here.out).toMatch(/fairwatt\.toml:4: .*adit.*audit/);
  });
});
