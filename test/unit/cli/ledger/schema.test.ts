import * as fs from "node:fs";
import * as path from "node:path";
import Ajv from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { audit } from "../../../../src/cli/audit.ts";
import { bench } from "../../../../src/cli/bench.ts";
import { challenge } from "../../../../src/cli/challenge.ts";
import { drift } from "../../../../src/cli/drift.ts";
import { importFiles } from "../../../../src/cli/import.ts";
import { ledgerApprove } from "../../../../src/cli/ledger/approve.ts";
import { ledgerCorrect } from "../../../../src/cli/ledger/correct.ts";
import { ledgerExport } from "../../../../src/cli/ledger/export.ts";
import { ledgerSchema } from "../../../../src/cli/ledger/schema.ts";
import { nameModel } from "../../../../src/cli/models.ts";
import { reasons } from "../../../../src/cli/reasons.ts";
import { report } from "../../../../src/cli/report.ts";
import { closeRun } from "../../../../src/ledger/close-run.node.ts";
import { KNOWN_TYPES } from "../../../../src/ledger/entry.ts";
import { runOnDisk, writeAt } from "../../ledger/fixtures.ts";
import { commandFolder } from "../command-folder.ts";
import { MARKING_PROGRAM } from "../marking-program.ts";

const ROOT = path.resolve(import.meta.dirname, "../../../..");
const FILE = path.join(ROOT, "src/ledger/data/ledger-entry.schema.json");
const ROLES = { label: "y", prediction: "p", sensitive: "sex", replicates: "50" };
const REASONS = { id: "id", features: "utilization", decision: "y", denied: "0", against: "approved" };
const TABLE = `id,y,p,sex,utilization\n${Array.from({ length: 80 }, (_, row) => `${row},${row % 2},${(row >> 1) % 2},${"fm"[(row >> 2) % 2]},${row % 2 ? 0.2 : -0.3}`).join("\n")}\n`;
const TOML = `zone = "FR"
[report.ecoa]
higher-means = "approval"
[report.ecoa.reasons]
utilization = "Balances are high compared with credit limits"
`;
const here = commandFolder({ "fairwatt.toml": TOML, "may.csv": TABLE, "june.csv": TABLE });

/** An entry of every type, each written by what writes it for a user. */
async function writeEveryType(): Promise<void> {
  const { cwd } = here;
  const { runDirectory } = runOnDisk({ folder: cwd });
  writeAt(path.join(cwd, "model.pt"), 5, "weights");
  await closeRun(runDirectory);
  const programs = { sampler: path.join(ROOT, "test/fixtures/steady-sampler.mjs"), load: "" };
  const results = [
    await nameModel("model.pt", "scorer@1.0.0", { cwd }),
    await bench(
      { cwd, model: "scorer@1.0.0", interval: "100ms" },
      [process.execPath, "-e", MARKING_PROGRAM],
      programs,
    ),
    await audit("may.csv", { ...ROLES, limit: ["demographic_parity=0.9"], cwd }),
    await drift("may.csv", "june.csv", { ...ROLES, cwd }),
    await challenge("may.csv", "june.csv", { ...ROLES, cwd, margin: "0.5" }),
    await reasons("may.csv", { ...REASONS, cwd }),
    await importFiles([path.join(ROOT, "test/fixtures/exchange/codecarbon-3.3.csv")], { cwd }),
    await report(undefined, { cwd, document: ["budget-sheet"], format: ["md"] }),
    await ledgerApprove("last", { cwd, decision: "approved", role: "reviewer", name: "Ada", sign: false }),
    await ledgerCorrect("last", { cwd, reason: "too early" }),
  ];
  expect({ results, err: here.err }).toEqual({ results: results.map(() => 0), err: expect.any(String) });
}

describe("ledger schema", () => {
  it("prints what is published", async () => {
    expect(await ledgerSchema()).toBe(0);
    await expect(here.out).toMatchFileSnapshot(FILE);
  });

  it("takes every entry that Fairwatt writes, as a file and in an export, and nothing that is none", async () => {
    await writeEveryType();
    const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(
      JSON.parse(fs.readFileSync(FILE, "utf8")),
    );
    const folder = path.join(here.cwd, ".fairwatt", "ledger");
    const entries = fs
      .readdirSync(folder)
      .map((name) => JSON.parse(fs.readFileSync(path.join(folder, name), "utf8")));
    expect([...new Set(entries.map(({ type }) => type))].sort()).toEqual([...KNOWN_TYPES].sort());
    here.clear();
    await ledgerExport({ cwd: here.cwd, format: "json" });
    for (const entry of [...entries, ...JSON.parse(here.out)]) {
      validate(entry);
      expect({ type: entry.type, problems: validate.errors }).toEqual({ type: entry.type, problems: null });
    }
    for (const entry of entries) {
      const { body } = entry;
      for (const wrong of [
        { ...entry, type: "other" },
        { ...entry, parents: ["not a hash"] },
        { ...entry, body: { ...body, fairwatt: 1 } },
        { ...entry, body: {} },
      ])
        expect(validate(wrong)).toBe(false);
      // What a later version adds.
      expect(validate({ ...entry, body: { ...body, later: true } })).toBe(true);
    }
  });
});
