import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { audit } from "../../../src/cli/audit.ts";
import type { Audit } from "../../../src/fairness/audit/audit.ts";
import { readEntries } from "../../../src/ledger/read.node.ts";
import { verifyLedger } from "../../../src/ledger/verify.node.ts";
import { commandFolder } from "./command-folder.ts";

const GERMAN = fileURLToPath(new URL("../fairness/vectors/german_credit/data.csv", import.meta.url));
const ROLES = {
  label: "class",
  prediction: "predicted_class",
  positive: "1",
  sensitive: "sex,age_group",
  replicates: "200",
};
const here = commandFolder();
const run = async (file: string, options: Record<string, unknown> = {}) => {
  here.clear();
  return audit(file, { ...ROLES, ledger: false, ...options, cwd: here.cwd });
};
const result = () => JSON.parse(here.out) as Audit & { limits: { broken: boolean }[]; entry: string | null };
const ledger = () => path.join(here.cwd, ".fairwatt");

describe("fairwatt audit", () => {
  it("shows groups, measures and verdicts, each with its range and how it was made", async () => {
    expect(await run(GERMAN)).toBe(0);
    expect(here.out).toContain("data.csv: 1,000 rows");
    expect(here.out).toMatch(/female +310 +0\.648 \(0\.594 to 0\.699\)/);
    expect(here.out).toMatch(/demographic parity +0\.205 \(0\.\d+ to 0\.\d+\) +0\.615/);
    expect(here.out).toMatch(
      /young +selection rate +-0\.205 \(-0\.276 to -0\.127\) +p < 0\.001 +beyond the limit/,
    );
    expect(here.out).toContain("not enough data to tell");
    expect(here.out).toContain("four-fifths of older, predicted 1: young 0.615 falls short");
    expect(here.out).toContain("rates Wilson score; differences to the reference Newcombe");
  });

  it("is the same each time, and says all of it as JSON", async () => {
    expect(await run(GERMAN, { json: true })).toBe(0);
    const first = here.out;
    await run(GERMAN, { json: true });
    expect(here.out).toBe(first);
    const { groupings, schema, settings, overall } = result();
    expect(schema).toBe("fairwatt.audit/1");
    expect(settings).toMatchObject({ seed: 1, replicates: 200, level: 0.95 });
    expect(overall.rows).toBe(1000);
    expect(groupings.map(({ attributes }) => attributes)).toEqual([
      ["sex"],
      ["age_group"],
      ["sex", "age_group"],
    ]);
    for (const { measures } of groupings)
      for (const { difference } of measures) {
        expect(difference.interval!.low).toBeLessThanOrEqual(difference.value!);
        expect(difference.interval!.high).toBeGreaterThanOrEqual(difference.value!);
        expect(difference.interval!.method).toContain(
          "200 replicates, stratified by sex x age_group, seed 1",
        );
      }
  });

  it("ends with 1 when a limit is broken", async () => {
    expect(await run(GERMAN, { limit: ["four_fifths"] })).toBe(1);
    expect(here.out).toContain("broken  age_group: four-fifths");
    expect(await run(GERMAN, { limit: ["demographic_parity=0.9"] })).toBe(0);
    expect(here.out).toContain("kept    sex: demographic parity");
    const tiny = path.join(here.cwd, "tiny.csv");
    fs.writeFileSync(tiny, "class,predicted_class,sex,age_group\n1,1,f,a\n0,0,m,b\n");
    expect(await run(tiny, { limit: ["four_fifths"] })).toBe(0);
    expect(here.out).toContain("not enough data to tell  sex: four-fifths");
    expect(await run(tiny, { limit: ["four_fifths"], strict: true })).toBe(1);
  });

  it("shows the table as a library has it, with its convention", async () => {
    await run(GERMAN, { convention: "aif360", reference: ["sex=male"] });
    expect(here.out).toContain("as AIF360 0.6.1");
    expect(here.out).toContain("direction: unprivileged minus privileged");
    expect(here.out).toMatch(/disparate_impact +0\.939213/);
    expect(here.out).not.toContain("as Fairlearn");
    await run(GERMAN, { convention: "fairlearn" });
    expect(here.out).toContain("as Fairlearn 0.14.0, control feature sex = female");
    await run(GERMAN, { convention: "aequitas" });
    expect(here.out).toMatch(/Overall Fairness +(?:true|false)/);
  });

  it("looks for causes among all columns when it is asked to", async () => {
    expect(await run(GERMAN, { causes: true })).toBe(0);
    expect(here.out).toMatch(/female +0\.310 \(0\.282 to 0\.339\), under 0\.8 of the expected share/);
    expect(here.out).toMatch(/personal_status_sex +0\.999 +100\.0 %, 0\.619 nats .* strong/);
    expect(here.out).toMatch(/where it errs: \d+ of \d+ slices stand out/);
    expect(here.out).toMatch(/consistency: 0\.\d+/);
    await run(GERMAN, { causes: true, json: true });
    expect(JSON.parse(here.out).causes.proxies).toHaveLength(2);
  }, 60_000);

  it("ends with 2 and the way out for a call or a table that cannot be used", async () => {
    const unusable = async (file: string, options: Record<string, unknown>) => {
      expect(await run(file, options)).toBe(2);
      return here.err;
    };
    expect(await unusable(GERMAN, { label: undefined })).toContain("--label");
    expect(await unusable(GERMAN, { label: "clas" })).toContain('no column "clas"; is it "class"?');
    expect(await unusable(GERMAN, { positive: undefined })).toContain('the classes are "1", "2"');
    expect(await unusable(GERMAN, { sensitive: "" })).toContain("--sensitive");
    expect(await unusable(GERMAN, { reference: ["sex=men"] })).toContain('no row has "men" in sex');
    expect(await unusable(GERMAN, { limit: ["equalised_odds=0.1"] })).toContain('is it "equalized_odds"?');
    expect(await unusable(GERMAN, { limit: ["equalized_odds=10"] })).toContain("between 0 and 1");
    expect(await unusable(GERMAN, { convention: "sklearn" })).toContain("no convention");
    expect(await unusable(GERMAN, { replicates: "many" })).toContain("--replicates must be a number");
    expect(await unusable("nowhere.csv", {})).toContain("nowhere.csv cannot be read (ENOENT)");
  });

  it("writes a ledger entry that holds no small count of a group, and links to the table's bytes", async () => {
    fs.copyFileSync(GERMAN, path.join(here.cwd, "german.csv"));
    expect(await run("german.csv", { ledger: true, json: true, limit: ["four_fifths"] })).toBe(1);
    const { entry } = result();
    const entries = [];
    for await (const each of readEntries(ledger())) entries.push(each);
    expect(entries.map(({ hash }) => hash)).toEqual([entry]);
    const body = entries[0]!.envelope!.body;
    expect(body).toMatchObject({
      file: "german.csv",
      task: "binary",
      rows: 1000,
      favourable: "positive",
      limitsSet: { by: "command line", tested: { what: "table" }, before: false },
    });
    expect(body.limits).toHaveLength(3);
    expect(JSON.stringify(body)).not.toMatch(/"(?:tp|rows_|counts)"/);
    expect((body.groups as { tables: unknown }).tables).toMatchObject([
      {
        by: ["sex"],
        groups: [
          { group: "female", rows: 310 },
          { group: "male", rows: 690 },
        ],
      },
      { by: ["age_group"], withheld: 0 },
      { by: ["sex", "age_group"], groups: [], withheld: 4 },
    ]);
    expect((await verifyLedger(ledger())).problems).toEqual([]);
  });
});
