import * as fs from "node:fs";
import * as path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { challenge } from "../../../src/cli/challenge.ts";
import { drift } from "../../../src/cli/drift.ts";
import { createRandom } from "../../../src/fairness/statistics/random.ts";
import type { LedgerEntry } from "../../../src/ledger/entry.ts";
import { historyOf } from "../../../src/ledger/history.ts";
import { readEntries, readEntry } from "../../../src/ledger/read.node.ts";
import { verifyLedger } from "../../../src/ledger/verify.node.ts";
import { commandFolder } from "./command-folder.ts";

const ROLES = { label: "y", prediction: "p", sensitive: "sex", replicates: "300" };
const here = commandFolder();
const runDrift = (before: string, after: string, options: Record<string, unknown> = {}) => {
  here.clear();
  return drift(before, after, { ...ROLES, ...options, cwd: here.cwd });
};
const runGate = (before: string, after: string | undefined, options: Record<string, unknown> = {}) => {
  here.clear();
  return challenge(before, after, { ...ROLES, ...options, cwd: here.cwd });
};
const { write } = here;

/** Rows whose predictions are right with a chance per group, in the order of `order`. */
function predictions(right: Record<string, number>, seed: number, rows = 4000) {
  const random = createRandom(seed);
  return Array.from({ length: rows }, (_, row) => {
    const sex = Object.keys(right)[row % Object.keys(right).length]!;
    const y = (row >> 2) % 2;
    return { id: `p${row}`, y, p: random.uniform() < right[sex]! ? y : 1 - y, sex };
  });
}
const csv = (rows: readonly Record<string, unknown>[]) =>
  `${Object.keys(rows[0]!).join()}\n${rows.map((row) => Object.values(row).join()).join("\n")}\n`;

/** The bodies of the ledger's entries of a type. */
async function entries<T extends LedgerEntry["type"]>(type: T) {
  const bodies: Extract<LedgerEntry, { type: T }>["body"][] = [];
  for await (const { envelope, fault } of readEntries(path.join(here.cwd, ".fairwatt"))) {
    expect(fault).toBeUndefined();
    if (envelope?.type === type) bodies.push(envelope.body as never);
  }
  return bodies;
}

describe("fairwatt drift", () => {
  beforeEach(() => {
    write("may.csv", csv(predictions({ f: 0.9, m: 0.9 }, 1)));
    write("june.csv", csv(predictions({ f: 0.7, m: 0.9 }, 2)));
    write("again.csv", csv(predictions({ f: 0.9, m: 0.9 }, 3)));
  });

  it("shows the gaps that grew and the rates that changed, each with its range", async () => {
    expect(await runDrift("may.csv", "june.csv")).toBe(0);
    expect(here.out).toMatch(/accuracy equality +0\.0\d\d +0\.\d+ +\+0\.\d+ \(0\.\d+ to 0\.\d+\)/);
    expect(here.out).toMatch(/f +accuracy +0\.9\d\d|f +accuracy +0\.8\d\d/);
    expect(here.out).toContain("percentile bootstrap of both tables, 300 replicates, seed 1");
    expect(await runDrift("may.csv", "again.csv")).toBe(0);
    expect(here.out).toContain("no rate of a group changed beyond chance");
  });

  it("ends with 1 when a gap is shown to have grown beyond the margin", async () => {
    expect(await runDrift("may.csv", "june.csv", { margin: "0.05" })).toBe(1);
    expect(here.out).toMatch(/accuracy equality .* grew beyond the margin/);
    expect(await runDrift("may.csv", "again.csv", { margin: "0.1", strict: true })).toBe(0);
    expect(await runDrift("may.csv", "again.csv", { margin: "0.001" })).toBe(0);
    expect(await runDrift("may.csv", "again.csv", { margin: "0.001", strict: true })).toBe(1);
    expect(here.out).toContain("not enough data to tell");
  });

  it("is the same each time as JSON, and leaves out groups of few people", async () => {
    write("june.csv", `${csv(predictions({ f: 0.7, m: 0.9 }, 2))}q1,1,1,x\nq2,0,0,x\nq3,0,0,x\n`);
    const options = { json: true, ledger: false };
    expect(await runDrift("may.csv", "june.csv", options)).toBe(0);
    const first = here.out;
    expect(await runDrift("may.csv", "june.csv", options)).toBe(0);
    expect(here.out).toBe(first);
    const { attributes, after } = JSON.parse(here.out);
    expect(after.rows).toBe(4003);
    expect(attributes[0].only).toEqual({ before: [], after: [] });
    expect(await runDrift("may.csv", "june.csv", { json: true, suppressBelow: "0" })).toBe(0);
    expect(JSON.parse(here.out).attributes[0].only.after).toEqual([{ group: "x", rows: 3 }]);
    expect(await runDrift("may.csv", "june.csv")).toBe(0);
    expect(here.out).toContain("only after: x");
  });

  it("is kept in the ledger, without counts and names of groups; not with --no-ledger", async () => {
    write("june.csv", `${csv(predictions({ f: 0.7, m: 0.9 }, 2))}q1,1,1,rare\nq2,0,0,rare\n`);
    expect(await runDrift("may.csv", "june.csv", { ledger: false, json: true })).toBe(0);
    expect(JSON.parse(here.out).entry).toBeNull();
    expect(fs.existsSync(path.join(here.cwd, ".fairwatt"))).toBe(false);
    expect(await runDrift("may.csv", "june.csv", { margin: "0.05", suppressBelow: "0" })).toBe(1);
    expect(here.out).toMatch(/\nledger entry [0-9a-f]{12}\n/);
    const [body] = await entries("drift");
    expect(body).toMatchObject({
      before: { file: "may.csv", rows: 4000, columns: { label: "y", prediction: "p", sensitive: ["sex"] } },
      after: { file: "june.csv", rows: 4002, positive: "1" },
      settings: { replicates: 300, seed: 1, margin: 0.05, strict: false },
      failed: true,
    });
    const accuracy = body!.gaps.find(({ measure }) => measure === "accuracy_equality")!;
    expect(accuracy.verdict).toBe("grew beyond the margin");
    expect(accuracy.change.value).toBeCloseTo(accuracy.after! - accuracy.before!, 12);
    expect(accuracy.change.low).toBeGreaterThan(0.05);
    expect(JSON.stringify(body)).not.toMatch(/rare/);
    expect(await verifyLedger(path.join(here.cwd, ".fairwatt"))).toMatchObject({
      entries: 1,
      problems: [],
      notices: [],
    });
  });

  it("reads the second table as the first one, and says what cannot be", async () => {
    write("fairwatt.toml", '[audit.tables."may.csv"]\nlabel = "y"\nprediction = "p"\nsensitive = ["sex"]\n');
    const none = { label: undefined, prediction: undefined, sensitive: undefined };
    expect(await runDrift("may.csv", "june.csv", none)).toBe(0);
    expect(await runDrift("may.csv", "july.csv")).toBe(2);
    expect(here.err).toContain("july.csv is neither a file nor a run that wrote a table");
    expect(await runDrift("may.csv", "june.csv", { weight: "y" })).toBe(2);
    expect(await runDrift("may.csv", "june.csv", { margin: "5" })).toBe(2);
    expect(here.err).toContain("--margin must lie between 0 and 1");
  });
});

describe("fairwatt challenge", () => {
  const present = () => predictions({ f: 0.9, m: 0.9 }, 1);
  /** Another prediction in a part of the rows of one group. */
  const harmed = (part: number) => {
    const random = createRandom(9);
    return present().map((row) =>
      row.sex === "f" && random.uniform() < part ? { ...row, p: 1 - row.p } : row,
    );
  };

  it("passes a model that predicts the same, and fails one that harms a group", async () => {
    write("present.csv", csv(present()));
    write("same.csv", csv(harmed(0.002)));
    write("worse.csv", csv(harmed(0.2)));
    expect(await runGate("present.csv", "same.csv")).toBe(0);
    expect(here.out).toMatch(/accuracy 0\.\d+ to 0\.\d+, McNemar exact: p/);
    expect(here.out).toContain("by sex: pass");
    expect(await runGate("present.csv", "worse.csv")).toBe(1);
    expect(here.out).toMatch(/accuracy for f may fall by at most 0\.02 +\+0\.1\d+ \(.*\) +fail/);
    expect(await runGate("present.csv", "worse.csv", { json: true, limit: ["equalized_odds=0.1"] })).toBe(1);
    const { passes, attributes, settings } = JSON.parse(here.out);
    expect(passes).toBe(false);
    expect(settings).toMatchObject({ margin: 0.02, limits: { equalized_odds: 0.1 } });
    expect(attributes[0].verdict).toBe("fail");
  });

  it("is kept in the ledger, without what is said of few people; not with --no-ledger", async () => {
    const few = (rows: ReturnType<typeof present>) => [
      ...rows,
      ...rows.slice(0, 4).map((row) => ({ ...row, id: `x${row.id}`, sex: "rare" })),
    ];
    write("present.csv", csv(few(present())));
    write("worse.csv", csv(few(harmed(0.2))));
    expect(await runGate("present.csv", "worse.csv", { ledger: false })).toBe(1);
    expect(fs.existsSync(path.join(here.cwd, ".fairwatt"))).toBe(false);
    const options = { key: "id", limit: ["equalized_odds=0.1"], suppressBelow: "0", json: true };
    expect(await runGate("present.csv", "worse.csv", options)).toBe(1);
    const { entry, attributes } = JSON.parse(here.out);
    expect(attributes[0].checks.some(({ group }: { group?: string }) => group === "rare")).toBe(true);
    const [body] = await entries("challenge");
    expect(body).toMatchObject({
      before: { file: "present.csv" },
      after: { file: "worse.csv" },
      key: "id",
      settings: { margin: 0.02, limits: { equalized_odds: 0.1 } },
      unlisted: 1,
      passes: false,
    });
    expect(body!.checks.find(({ what }) => what.startsWith("accuracy for f"))?.verdict).toBe("fail");
    expect(JSON.stringify(body)).not.toMatch(/rare/);
    const ledger = path.join(here.cwd, ".fairwatt");
    expect(await verifyLedger(ledger)).toMatchObject({ heads: [entry], problems: [], notices: [] });
    const history = historyOf([{ hash: entry, envelope: readEntry(ledger, entry).envelope! }]);
    expect(history[0]!.what).toBe("worse.csv instead of present.csv by sex, does not pass");
  });

  it("pairs rows by a key, in whatever order they come", async () => {
    write("present.csv", csv(present()));
    write("shuffled.csv", csv(harmed(0.002).reverse()));
    expect(await runGate("present.csv", "shuffled.csv")).toBe(2);
    expect(here.err).toContain("--key COLUMN");
    expect(await runGate("present.csv", "shuffled.csv", { key: "id" })).toBe(0);
  });

  it("says why rows cannot be paired", async () => {
    const rows = present();
    write("present.csv", csv(rows));
    const unpaired = async (other: typeof rows, options = {}) => {
      write("other.csv", csv(other));
      expect(await runGate("present.csv", "other.csv", options)).toBe(2);
      return here.err;
    };
    expect(await unpaired(rows.slice(1))).toContain("has 4000 rows and other.csv 3999");
    expect(await unpaired(rows.slice(1), { key: "id" })).toContain(
      "1 of present.csv are not in other.csv (the first: id p0), and 0 the other way round",
    );
    expect(await unpaired([rows[1]!, ...rows.slice(1)], { key: "id" })).toContain(
      "id p1 is there more than once",
    );
    expect(await unpaired([{ ...rows[0]!, y: 1 }, ...rows.slice(1)], { key: "id" })).toContain(
      "the row with id p0 has another label",
    );
    expect(await unpaired(rows, { key: "ident" })).toContain('no column "ident"');
    expect(await runGate("present.csv", undefined)).toBe(2);
    expect(here.err).toContain("--candidate");
  });

  it("compares two models that one table holds", async () => {
    const worse = harmed(0.2);
    write("both.csv", csv(present().map((row, at) => ({ ...row, int8: worse[at]!.p }))));
    expect(await runGate("both.csv", undefined, { candidate: "int8" })).toBe(1);
    expect(here.out).toContain("both.csv, int8 instead of both.csv, p");
    expect(await runGate("both.csv", undefined, { candidate: "p" })).toBe(0);
  });
});
