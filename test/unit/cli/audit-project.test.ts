import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, it } from "vitest";
import { audit } from "../../../src/cli/audit.ts";
import { hashFile } from "../../../src/ledger/hash-file.node.ts";
import { readEntries } from "../../../src/ledger/read.node.ts";
import { addEntry, runOnDisk } from "../ledger/fixtures.ts";
import { commandFolder } from "./command-folder.ts";

const GERMAN = fileURLToPath(new URL("../fairness/vectors/german_credit/data.csv", import.meta.url));
const SETTINGS = `# what must be kept
[audit.tables."scored.csv"]
label = "class"
prediction = "predicted_class"
positive = 1
sensitive = ["sex"]
limits = { demographic_parity = 0.5 }
`;

const UNLIMITED = SETTINGS.replace(/^limits.*\n/m, "");
const here = commandFolder({ "fairwatt.toml": SETTINGS, "scored.csv": fs.readFileSync(GERMAN, "utf8") });
const run = (file: string | undefined, options: Record<string, unknown> = {}) => {
  here.clear();
  return audit(file, { replicates: "50", ...options, cwd: here.cwd });
};
const settings = (text: string) => here.write("fairwatt.toml", text);
const { write: table } = here;
const lastBody = async () => {
  let body: Record<string, unknown> = {};
  for await (const { envelope } of readEntries(path.join(here.cwd, ".fairwatt")))
    if (envelope?.type === "audit") body = envelope.body;
  return body;
};

describe("fairwatt audit with the project's settings", () => {
  it("needs no options for a table that the project file knows, and options go before it", async () => {
    expect(await run("scored.csv")).toBe(0);
    expect(here.out).toContain("kept    sex: demographic parity");
    expect(here.out).toContain("limits: of fairwatt.toml, not in version control: nothing shows that");
    expect(await run("scored.csv", { limit: ["demographic_parity=0.01"] })).toBe(1);
    expect(here.out).toContain("limits: given on the command line");
    expect(await run("scored.csv", { sensitive: "age_group" })).toBe(0);
    expect(here.out).toContain("by age_group");
  });

  it("finds a score's threshold instead of the prediction that the project file names", async () => {
    settings(UNLIMITED.replace('prediction = "predicted_class"', 'score = "score"\nthreshold = 0.5'));
    table("scored.csv", `class,score,p,sex\n${"1,0.9,1,f\n0,0.2,0,m\n".repeat(40)}`);
    expect(await run("scored.csv")).toBe(0);
    expect(here.out).toContain("score >= 0.5");
    expect(await run("scored.csv", { prediction: "p" })).toBe(0);
    expect(here.out).not.toContain("score >= 0.5");
  });

  it("says where the project file is wrong", async () => {
    settings(SETTINGS.replace("limits", "limit"));
    expect(await run("scored.csv")).toBe(0);
    expect(here.err).toMatch(
      /fairwatt\.toml:7:1: unknown key "limit" in \[audit\.tables\."scored\.csv"\]; did you mean "limits"\?/,
    );
  });

  it("keeps the settings of a call when it is asked to, and the file's comments", async () => {
    settings("# ours\n");
    const options = { label: "class", prediction: "predicted_class", positive: "1", sensitive: "sex" };
    expect(await run("scored.csv", { ...options, limit: ["four_fifths"], remember: true })).toBe(0);
    expect(here.err).toContain("are kept in");
    expect(fs.readFileSync(path.join(here.cwd, "fairwatt.toml"), "utf8")).toBe(`# ours

[audit.tables."scored.csv"]
label = "class"
prediction = "predicted_class"
positive = "1"
sensitive = ["sex"]
limits = { four_fifths = true }
`);
    expect(await run("scored.csv")).toBe(0);
  });

  it("records the commit that set the limits, and whether that was before the table was written", async () => {
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.c", ...args], {
        cwd: here.cwd,
        encoding: "utf8",
        env: { ...process.env, GIT_COMMITTER_DATE: "2026-03-01T10:00:00Z" },
      }).trim();
    git("init", "-q");
    git("add", "fairwatt.toml");
    git("commit", "-qm", "limits");
    const commit = git("rev-parse", "HEAD");
    const at = (time: string) =>
      fs.utimesSync(path.join(here.cwd, "scored.csv"), new Date(time), new Date(time));
    at("2026-03-02T00:00:00Z");
    expect(await run("scored.csv")).toBe(0);
    expect(here.out).toContain(
      `set by commit ${commit.slice(0, 7)} on 2026-03-01 10:00 UTC, before the table was`,
    );
    expect(await lastBody()).toMatchObject({
      limitsSet: {
        by: "project file",
        file: "fairwatt.toml",
        state: "committed",
        commit,
        time: "2026-03-01T10:00:00.000Z",
        tested: { what: "table", time: "2026-03-02T00:00:00.000Z" },
        before: true,
      },
    });
    at("2026-02-01T00:00:00Z");
    await run("scored.csv", { ledger: false });
    expect(here.out).toContain("AFTER the table was written");
    settings(SETTINGS.replace("0.5", "0.9"));
    await run("scored.csv", { ledger: false });
    expect(here.out).toContain("not committed: nothing shows that they were set before");
  });
});

describe("fairwatt audit --run", () => {
  const id = "01RUN";
  const artefact = async (name: string) => ({
    path: name,
    ...(await hashFile(path.join(here.cwd, name))),
  });

  beforeEach(() => {
    runOnDisk({ run: id, folder: here.cwd });
  });

  it("finds the table that the run wrote, and names the run in the ledger", async () => {
    table("log.csv", "epoch,loss\n1,2\n");
    await addEntry(path.join(here.cwd, ".fairwatt"), id, {
      artefacts: [await artefact("log.csv"), await artefact("scored.csv")],
    });
    expect(await run(undefined, { run: "last" })).toBe(0);
    expect(here.out).toContain("scored.csv: 1,000 rows");
    expect(await lastBody()).toMatchObject({
      run: id,
      file: "scored.csv",
      limitsSet: { tested: { what: "run" } },
    });
  });

  it("does not take a table that changed since, or guess among several", async () => {
    table("a.csv", "x\n1\n");
    table("b.csv", "x\n1\n");
    await addEntry(path.join(here.cwd, ".fairwatt"), id, {
      artefacts: [await artefact("a.csv"), await artefact("b.csv")],
    });
    expect(await run(undefined, { run: id })).toBe(2);
    expect(here.err).toContain(`run ${id} wrote 2 tables (a.csv, b.csv); name one`);
    expect(await run("scored.csv", { run: "nobody" })).toBe(2);
    expect(here.err).toContain('no run is called "nobody"');
    expect(await run(undefined)).toBe(2);
    expect(here.err).toContain("name the table, or the run");
  });

  it("says when the table is not as the run left it, or the run wrote none", async () => {
    await addEntry(path.join(here.cwd, ".fairwatt"), id, {
      artefacts: [{ ...(await artefact("scored.csv")), sha256: "0".repeat(64) }],
    });
    expect(await run(undefined, { run: id })).toBe(2);
    expect(here.err).toContain("scored.csv has changed since run 01RUN wrote it");
  });
});

describe("formats", () => {
  it("writes a page that needs nothing else, with provenance and how to do it again", async () => {
    expect(await run("scored.csv", { format: "html", out: "reports/audit.html", causes: true })).toBe(0);
    const file = path.join(here.cwd, "reports/audit.html");
    expect(here.out.trim()).toBe(file);
    const page = fs.readFileSync(file, "utf8");
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/<script|https?:\/\/(?!arxiv|doi)/);
    expect(page).toContain((await hashFile(path.join(here.cwd, "scored.csv"))).sha256);
    expect(page).toMatch(/Ledger entry<\/dt><dd>[0-9a-f]{64}/);
    expect(page).toContain("How to reproduce it");
    expect(page).toContain(
      "fairwatt audit scored.csv --label class --prediction predicted_class --positive 1",
    );
    expect(page).toContain("Where gaps may come from");
    expect(page).toContain("demographic_parity &lt;= 0.5");
  });

  it("writes Markdown, and the same text each time", async () => {
    expect(await run("scored.csv", { format: "md", ledger: false, convention: "all" })).toBe(0);
    const first = here.out;
    expect(first).toContain("# How scored.csv treats groups");
    expect(first).toMatch(/\| Group \| Rows \| base rate/);
    expect(first).toContain("### As Fairlearn");
    await run("scored.csv", { format: "md", ledger: false, convention: "all" });
    expect(here.out).toBe(first);
  });

  it("takes --json for --format json, and no other format", async () => {
    await run("scored.csv", { json: true, ledger: false });
    const first = here.out;
    await run("scored.csv", { format: "json", ledger: false });
    expect(here.out).toBe(first);
    expect(await run("scored.csv", { format: "pdf" })).toBe(2);
    expect(here.err).toContain("--format is one of text, json, md, html");
    expect(await run("scored.csv", { out: "x.html" })).toBe(2);
    expect(here.err).toContain("--out needs --format");
  });
});

describe("counts of few people", () => {
  /** 3 of z; 7 of 400 x are labelled positive. */
  const rows = (count: number, line: string) => `${line}\n`.repeat(count);
  beforeEach(() => {
    settings(UNLIMITED);
    table(
      "scored.csv",
      `class,predicted_class,sex\n${rows(7, "1,1,x")}${rows(393, "0,0,x")}${rows(151, "1,1,y")}${rows(150, "0,1,y")}${rows(3, "1,0,z")}`,
    );
  });
  const formats = ["json", "md", "html"];

  it.each(formats)("stay out of %s, and cannot be had from sums", async (format) => {
    expect(await run("scored.csv", { format, ledger: false, convention: "all" })).toBe(0);
    expect(here.out).toContain(
      "counts below 10 and what is counted among fewer rows are left out, 1 group of fewer rows",
    );
    // 704 rows, 301 of y, 3 of z: neither the whole nor a part tells how many z are.
    expect(here.out).not.toMatch(/\b(?:704|301|161|304)\b/);
    if (format === "json") {
      const { groupings, protection, rows: all } = JSON.parse(here.out);
      expect(protection).toMatchObject({ below: 10, groups: 1, rounded: true });
      expect(all).toBe(700);
      expect(groupings[0].groups.map((group: { name: string }) => group.name)).toEqual(["x", "y"]);
      const [x] = groupings[0].groups;
      expect(x.counts).toEqual({ tp: null, fp: 0, fn: 0, tn: 390 });
      expect(x.rates.find(({ name }: { name: string }) => name === "true_positive_rate")).toMatchObject({
        value: null,
        denominator: null,
        remark: "left out: among fewer than 10 rows",
      });
      expect(JSON.stringify(groupings)).not.toMatch(/"z"|[37] rows/);
      expect(groupings[0].libraries).toEqual([]);
    } else expect(here.out).toContain("left out");
  });

  it.each(formats)("are in %s when the project says that they may be", async (format) => {
    settings(`[audit]\nsuppress-below = 0\n${UNLIMITED}`);
    expect(await run("scored.csv", { format, ledger: false })).toBe(0);
    expect(here.out).toContain("every count is given, however small");
    expect(here.out).toContain("704");
  });

  it("are shown in the terminal, to whom the table is open anyway", async () => {
    expect(await run("scored.csv", { ledger: false })).toBe(0);
    expect(here.out).toMatch(/^z +3 +1\.000/m);
    expect(await run("scored.csv", { format: "json", suppressBelow: "400", ledger: false })).toBe(0);
    expect(JSON.parse(here.out).protection).toMatchObject({ below: 400, groups: 2 });
  });

  it("changes nothing where no group is that small", async () => {
    table(
      "scored.csv",
      `class,predicted_class,sex\n${["x", "y"].map((sex) => rows(17, `1,1,${sex}`) + rows(17, `0,1,${sex}`) + rows(17, `1,0,${sex}`) + rows(17, `0,0,${sex}`)).join("")}`,
    );
    await run("scored.csv", { format: "json", ledger: false });
    const { protection, rows: all, overall } = JSON.parse(here.out);
    expect(protection).toMatchObject({ rounded: false, note: "no count is below 10" });
    expect(all).toBe(136);
    expect(overall.counts).toEqual({ tp: 34, fp: 34, fn: 34, tn: 34 });
  });
});

describe("other tasks", () => {
  const people = (line: (index: number) => string) =>
    Array.from({ length: 200 }, (_, at) => line(at)).join("\n");

  it("audits several classes: all together, and each against the rest", async () => {
    table(
      "grades.csv",
      `y,p,sex\n${people((at) => `${"abc"[at % 3]},${at % 5 === 0 && at % 2 ? "a" : "abc"[at % 3]},${at % 2 ? "f" : "m"}`)}\n`,
    );
    const options = { task: "multiclass", label: "y", prediction: "p", sensitive: "sex" };
    expect(
      await run("grades.csv", { ...options, limit: ["accuracy_equality=0.05", "equal_opportunity=0.9"] }),
    ).toBe(1);
    expect(here.out).toContain("3 classes: a, b, c");
    expect(here.out).toMatch(/f +100 +0\.\d+ \(/);
    expect(here.out).toContain("class b against the rest");
    expect(here.out).toContain("broken  sex: accuracy equality: a gap of");
    expect(here.out).toContain("kept    sex: c: equal opportunity");
    expect(await lastBody()).toMatchObject({ task: "multiclass", rows: 200 });
    for (const format of ["md", "html", "json"])
      expect(await run("grades.csv", { ...options, format })).toBe(0);
    expect(await run("grades.csv", { ...options, limit: ["four_fifths"] })).toBe(2);
    expect(here.err).toContain("the limit four_fifths is none of a multiclass audit");
    expect(await run("grades.csv", { ...options, task: "binary" })).toBe(2);
    expect(here.err).toContain("ask for the task multiclass");
  });

  it("audits a regression in the label's unit", async () => {
    table(
      "prices.csv",
      `y,p,sex\n${people((at) => `${at},${at + (at % 2 ? 5 : 0) + (at % 7) / 7},${at % 2 ? "f" : "m"}`)}\n`,
    );
    const options = { task: "regression", label: "y", prediction: "p", sensitive: "sex" };
    expect(await run("prices.csv", { ...options, limit: ["mean_error=3", "prediction_distance=0.5"] })).toBe(
      1,
    );
    expect(here.out).toMatch(/f \(reference\) +100 +\+5\.4\d \(/);
    expect(here.out).toContain("broken  sex: mean error: a gap of");
    expect(here.out).toContain("kept    sex: distance of the predictions");
    expect(await lastBody()).toMatchObject({
      task: "regression",
      measures: [{ measure: "mean_error" }, { measure: "prediction_distance" }],
    });
    for (const format of ["md", "html", "json"])
      expect(await run("prices.csv", { ...options, format })).toBe(0);
    expect(await run("prices.csv", { ...options, reference: ["sex=x"] })).toBe(2);
    expect(await run("prices.csv", { ...options, limit: ["equalized_odds=0.1"] })).toBe(2);
  });
});

describe("fairwatt audit for NYC Local Law 144", () => {
  const TABLE = `label,p,sex,race\n${"1,1,f,White\n0,0,m,White\n1,1,m,Asian\n".repeat(12)}1,1,m,?\n`;
  const LL144 =
    '[report.ll144]\nsex = "sex"\nrace-ethnicity = "race"\ncategories = { f = "Female", m = "Male" }\n';
  const call = { label: "label", prediction: "p", sensitive: "sex,race" };

  it("enters the tables where the project file names the columns, and says what is of unknown category", async () => {
    table("scored.csv", TABLE);
    settings(LL144);
    expect(await run("scored.csv", call)).toBe(0);
    expect(here.err).toContain("of unknown category for NYC Local Law 144: race ?");
    expect(await lastBody()).toMatchObject({
      ll144: { below: 10, rounded: true, tables: [{ by: "sex", unknown: 0 }, { unknown: null }, {}] },
    });
  });

  it("enters every count where the project has decided so", async () => {
    table("scored.csv", TABLE);
    settings(`[audit]\nsuppress-below = 0\n${LL144}`);
    expect(await run("scored.csv", call)).toBe(0);
    expect(await lastBody()).toMatchObject({
      ll144: { rounded: false, applicants: 37, tables: [{}, { unknown: 1 }, {}] },
    });
  });

  it("enters none where it does not, and says why where one would wonder", async () => {
    table("scored.csv", TABLE);
    settings("");
    expect(await run("scored.csv", call)).toBe(0);
    expect(await lastBody()).not.toHaveProperty("ll144");
    settings(LL144);
    expect(await run("scored.csv", { ...call, sensitive: "sex" })).toBe(0);
    expect(here.err).toContain("not grouped by both sex and race");
  });
});
