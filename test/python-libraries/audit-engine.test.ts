import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, inject, it } from "vitest";
import { audit } from "../../src/cli/audit.ts";
import { commandFolder } from "../unit/cli/command-folder.ts";

const interpreters = inject("interpreters");
const GERMAN = fileURLToPath(new URL("../unit/fairness/vectors/german_credit/data.csv", import.meta.url));
const ROLES = {
  label: "class",
  prediction: "predicted_class",
  positive: "1",
  replicates: "0",
  ledger: false,
};

const here = commandFolder({});

describe("fairwatt audit --engine", () => {
  it("shows Fairlearn's numbers beside Fairwatt's, with the difference, the version and the Python", async () => {
    const python = interpreters.fairlearn;
    expect(
      await audit(GERMAN, { ...ROLES, sensitive: "sex", engine: "fairlearn", python, cwd: here.cwd }),
    ).toBe(0);
    expect(here.err).toBe("");
    expect(here.out).toMatch(/Fairlearn \d+\.\d+\.\d+, its own numbers beside Fairwatt's/);
    expect(here.out).toMatch(/demographic_parity_difference\[between_groups\] +0\.030482 +0\.030482 +0\n/);
    expect(here.out).toMatch(/equalized_odds_ratio\[to_overall,worst_case\]/);
    expect(here.out).toMatch(/(\d+) of \1 numbers are the same to 1e-9/);
    expect(here.out).toContain(`(${python}, from --python; pandas `);
  }, 120_000);

  it("finds the Python that the project names, and says all of it as JSON", async () => {
    fs.writeFileSync(
      path.join(here.cwd, "fairwatt.toml"),
      `python = ${JSON.stringify(interpreters.aequitas)}\n`,
    );
    const options = { ...ROLES, sensitive: "sex", engine: "aequitas", json: true, cwd: here.cwd };
    expect(await audit(GERMAN, options)).toBe(0);
    const { engine } = JSON.parse(here.out);
    expect(engine.interpreterFrom).toBe("python in fairwatt.toml");
    expect(engine.adapter.version).toMatch(/^1\.1/);
    const { values } = engine.views[0];
    expect(values.find(({ name }: { name: string }) => name === "pprev_disparity[female]")).toMatchObject({
      agrees: true,
      native: expect.closeTo(0.9392131269811672, 9),
    });
  }, 120_000);

  it("writes them into the documents, with the version and the call that makes them again", async () => {
    const python = interpreters.fairlearn;
    const options = { ...ROLES, sensitive: "sex", engine: "fairlearn", python, cwd: here.cwd };
    expect(await audit(GERMAN, { ...options, format: "md" })).toBe(0);
    expect(here.out).toMatch(/## Fairlearn \d+\.\d+\.\d+, its own numbers beside Fairwatt's/);
    expect(here.out).toMatch(/difference\\?\[between\\?_groups\\?\] \| 0\.030482 \| 0\.030482 \| 0 \|/);
    expect(here.out).toMatch(/(\d+) of \1 numbers are the same to 1e-9/);
    expect(here.out).toContain("--engine fairlearn");
    expect(here.out).not.toContain(python);
    const file = path.join(here.cwd, "report.html");
    expect(await audit(GERMAN, { ...options, format: "html", out: file })).toBe(0);
    expect(fs.readFileSync(file, "utf8")).toMatch(/<h2>Fairlearn \d+\.\d+\.\d+, its own numbers/);
  }, 120_000);

  it("keeps the small-cell rule: no exact numbers beside groups that were left out", async () => {
    const python = interpreters.aequitas;
    const table = path.join(here.cwd, "small.csv");
    const rows = Array.from(
      { length: 60 },
      (_, row) => `${row % 2},${row % 3 ? 1 : 0},${row < 55 ? "a" : "b"}`,
    );
    fs.writeFileSync(table, `y,p,g\n${rows.join("\n")}\n`);
    const options = {
      label: "y",
      prediction: "p",
      sensitive: "g",
      ledger: false,
      replicates: "0",
      cwd: here.cwd,
    };
    expect(await audit(table, { ...options, engine: "aequitas", python, json: true })).toBe(0);
    const { engine } = JSON.parse(here.out);
    expect(engine.note).toContain("--suppress-below 0");
    expect(engine.views[0].values).toBeUndefined();
    expect(engine.summary).toMatch(/(\d+) of \1 numbers are the same/);
  }, 120_000);

  it("says which library is missing, in which Python, and the line that would install it", async () => {
    const python = interpreters.fairlearn;
    expect(await audit(GERMAN, { ...ROLES, sensitive: "sex", engine: "aif360", python, cwd: here.cwd })).toBe(
      2,
    );
    expect(here.err).toContain(
      `AIF360 cannot be used (${python}, from --python): aif360 is not installed in this interpreter. To install it there: ${python} -m pip install aif360`,
    );
    expect(here.out).toBe("");
  }, 120_000);
});
