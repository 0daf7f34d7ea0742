import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withAuditTable } from "../../../src/config/audit-edit.ts";
import { auditTableOf, suppressBelow } from "../../../src/config/audit-lookup.ts";
import type { AuditTable } from "../../../src/config/audit-settings.ts";
import { parseProject } from "../../../src/config/parse.ts";
import { settingsOrigin } from "../../../src/config/settings-history.node.ts";

const own = (text: string) => parseProject(text, "fairwatt.toml");

const FULL = `[audit]
suppress-below = 20

[audit.tables."predictions/*.csv"]
label = "y"
prediction = "yhat"
positive = 1
favourable = "negative"
weight = "w"
sensitive = ["sex", "age_group"]
reference = { sex = "male" }
limits = { equalized_odds = 0.1, four_fifths = true }
tolerance = 0.05
convention = "aif360"
model = "scoring:score"

[audit.tables."test/scored.csv"]
label = "outcome"
`;

describe("[audit]", () => {
  it("is read with all its settings", () => {
    const { config, problems } = own(FULL);
    expect(problems).toEqual([]);
    expect(suppressBelow(config)).toBe(20);
    expect(auditTableOf(config, "predictions/march.csv")).toEqual({
      key: "predictions/*.csv",
      settings: {
        label: "y",
        prediction: "yhat",
        positive: "1",
        favourable: "negative",
        weight: "w",
        sensitive: ["sex", "age_group"],
        reference: { sex: "male" },
        limits: { equalized_odds: 0.1, four_fifths: true },
        tolerance: 0.05,
        convention: "aif360",
        model: "scoring:score",
      },
    });
  });

  it("is found by the path itself before a pattern, and by no path outside", () => {
    const { config } = own('[audit.tables]\n"*.csv" = {label = "any"}\n"./a/b.csv" = {label = "own"}\n');
    const label = (file: string) => auditTableOf(config, file)?.settings.label;
    expect(label("a/b.csv")).toBe("own");
    expect(label("a/c.csv")).toBe("any");
    expect(label("a/c.parquet")).toBeUndefined();
    expect(label("../a/c.csv")).toBeUndefined();
    expect(label("/tmp/c.csv")).toBeUndefined();
    expect(suppressBelow(own("").config)).toBe(10);
  });

  it("names the nearest key and the place, and keeps the rest", () => {
    const text = `[audit]
suppres-below = 5
[audit.tables."a b.csv"]
labl = "y"
sensitive = "sex"
threshold = "high"
limits = { equalised_odds = 0.1, demographic_parity = 10, average_odds = 0.2 }
`;
    const { config, problems } = own(text);
    expect(problems.map(({ line, message }) => [line + 1, message])).toEqual([
      [2, 'unknown key "suppres-below" in [audit]; did you mean "suppress-below"?'],
      [4, 'unknown key "labl" in [audit.tables."a b.csv"]; did you mean "label"?'],
      [5, 'sensitive must be a list of columns such as ["sex", "age_group"]'],
      [6, "threshold must be a number such as 0.5"],
      [7, 'unknown key "equalised_odds" in [audit.tables."a b.csv".limits]; did you mean "equalized_odds"?'],
      [7, "a limit must be a number above 0 and below 1: the largest difference that is accepted"],
    ]);
    expect(config.audit?.tables).toEqual({ "a b.csv": { limits: { average_odds: 0.2 } } });
  });
});

describe("withAuditTable", () => {
  const settings: AuditTable = {
    label: "y",
    score: "p",
    threshold: 0.5,
    sensitive: ["sex", 'the "age"'],
    reference: { sex: "male" },
    limits: { equalized_odds: 0.1 },
  };
  const WRITTEN = `[audit.tables."scored.csv"]
label = "y"
score = "p"
threshold = 0.5
sensitive = ["sex", "the \\"age\\""]
reference = { sex = "male" }
limits = { equalized_odds = 0.1 }
`;

  it("appends the table, and writes it the same way once more", () => {
    expect(withAuditTable("", "fairwatt.toml", "scored.csv", settings)).toBe(WRITTEN);
    const text = withAuditTable('zone = "DE" # ours', "fairwatt.toml", "scored.csv", settings);
    expect(text).toBe(`zone = "DE" # ours\n\n${WRITTEN}`);
    expect(withAuditTable(text, "fairwatt.toml", "scored.csv", settings)).toBe(text);
  });

  it("writes into pyproject.toml below tool.fairwatt, with the file's line ends", () => {
    const text = withAuditTable('[project]\r\nname = "x"\r\n', "pyproject.toml", "a.csv", { label: "y" });
    expect(text).toBe(
      '[project]\r\nname = "x"\r\n\r\n[tool.fairwatt.audit.tables."a.csv"]\r\nlabel = "y"\r\n',
    );
  });

  it("changes what differs where it stands, and leaves comments, order and other tables", () => {
    const text = `# ours
[audit.tables."scored.csv"] # of the test
score = 'p' # the model's
label = "outcome" # agreed in May
favourable = "negative"
limits.demographic_parity = 0.2

# the rest
[lint]
enable = true
[audit.tables."scored.csv".reference] # the largest
sex = "female"
`;
    expect(withAuditTable(text, "fairwatt.toml", "scored.csv", settings)).toBe(`# ours
[audit.tables."scored.csv"] # of the test
score = 'p' # the model's
label = "y" # agreed in May
threshold = 0.5
sensitive = ["sex", "the \\"age\\""]
limits = { equalized_odds = 0.1 }

# the rest
[lint]
enable = true
[audit.tables."scored.csv".reference] # the largest
sex = "male"
`);
  });

  it("does not spoil a file that it cannot change", () => {
    expect(() =>
      withAuditTable('audit = {tables = {"a.csv" = {label = "x"}}}\n', "fairwatt.toml", "a.csv", settings),
    ).toThrow("write them by hand under [audit.tables");
    expect(() => withAuditTable("zone = \n", "fairwatt.toml", "a.csv", settings)).toThrow();
  });
});

describe("settingsOrigin", () => {
  let folder: string;
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.c", ...args], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, GIT_COMMITTER_DATE: "2026-03-01T10:00:00+01:00" },
    }).trim();
  const write = (limit: string, more = "") =>
    fs.writeFileSync(
      path.join(folder, "fairwatt.toml"),
      `${more}[audit.tables."a.csv"]\nlimits = { equalized_odds = ${limit} }\n`,
    );
  const commit = () => {
    git("add", "-A");
    git("commit", "-qm", "x");
    return git("rev-parse", "HEAD");
  };
  const origin = () => {
    const file = path.join(folder, "fairwatt.toml");
    const { config } = own(fs.readFileSync(file, "utf8"));
    return settingsOrigin(file, config, (each) => auditTableOf(each, "a.csv")?.settings.limits);
  };
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-history-"));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

  it("is the commit that last changed them, whatever else changed since", async () => {
    write("0.2");
    expect(await origin()).toEqual({ state: "not in version control" });
    git("init", "-q");
    expect(await origin()).toEqual({ state: "not in version control" });
    commit();
    write("0.1");
    expect(await origin()).toEqual({ state: "uncommitted" });
    const set = commit();
    write("0.1", '# a comment\nzone = "DE"\n');
    commit();
    expect(await origin()).toEqual({ state: "committed", commit: set, time: "2026-03-01T09:00:00.000Z" });
    write("0.3");
    expect(await origin()).toEqual({ state: "uncommitted" });
  });
});
