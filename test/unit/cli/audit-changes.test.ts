import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { challenge } from "../../../src/cli/challenge.ts";
import { drift } from "../../../src/cli/drift.ts";
import { createRandom } from "../../../src/fairness/statistics/random.ts";
import { captureOutput } from "./capture-output.ts";

let cwd: string;
let out: string;
let err: string;
const ROLES = { label: "y", prediction: "p", sensitive: "sex", replicates: "300" };
const runDrift = (before: string, after: string, options: Record<string, unknown> = {}) => {
  out = "";
  err = "";
  return drift(before, after, { ...ROLES, ...options, cwd });
};
const runGate = (before: string, after: string | undefined, options: Record<string, unknown> = {}) => {
  out = "";
  err = "";
  return challenge(before, after, { ...ROLES, ...options, cwd });
};
const write = (name: string, text: string) => fs.writeFileSync(path.join(cwd, name), text);

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

beforeEach(() => {
  cwd = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-cli-changes-")));
  fs.writeFileSync(path.join(cwd, "fairwatt.toml"), "");
  vi.stubEnv("XDG_STATE_HOME", path.join(cwd, "state"));
  captureOutput(
    (text) => (out += text),
    (text) => (err += text),
  );
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  fs.rmSync(cwd, { recursive: true, force: true });
});

describe("fairwatt drift", () => {
  beforeEach(() => {
    write("may.csv", csv(predictions({ f: 0.9, m: 0.9 }, 1)));
    write("june.csv", csv(predictions({ f: 0.7, m: 0.9 }, 2)));
    write("again.csv", csv(predictions({ f: 0.9, m: 0.9 }, 3)));
  });

  it("shows the gaps that grew and the rates that changed, each with its range", async () => {
    expect(await runDrift("may.csv", "june.csv")).toBe(0);
    expect(out).toMatch(/accuracy equality +0\.0\d\d +0\.\d+ +\+0\.\d+ \(0\.\d+ to 0\.\d+\)/);
    expect(out).toMatch(/f +accuracy +0\.9\d\d|f +accuracy +0\.8\d\d/);
    expect(out).toContain("percentile bootstrap of both tables, 300 replicates, seed 1");
    expect(await runDrift("may.csv", "again.csv")).toBe(0);
    expect(out).toContain("no rate of a group changed beyond chance");
  });

  it("ends with 1 when a gap is shown to have grown beyond the margin", async () => {
    expect(await runDrift("may.csv", "june.csv", { margin: "0.05" })).toBe(1);
    expect(out).toMatch(/accuracy equality .* grew beyond the margin/);
    expect(await runDrift("may.csv", "again.csv", { margin: "0.1", strict: true })).toBe(0);
    expect(await runDrift("may.csv", "again.csv", { margin: "0.001" })).toBe(0);
    expect(await runDrift("may.csv", "again.csv", { margin: "0.001", strict: true })).toBe(1);
    expect(out).toContain("not enough data to tell");
  });

  it("is the same each time as JSON, and leaves out groups of few people", async () => {
    write("june.csv", `${csv(predictions({ f: 0.7, m: 0.9 }, 2))}q1,1,1,x\nq2,0,0,x\nq3,0,0,x\n`);
    expect(await runDrift("may.csv", "june.csv", { json: true })).toBe(0);
    const first = out;
    expect(await runDrift("may.csv", "june.csv", { json: true })).toBe(0);
    expect(out).toBe(first);
    const { attributes, after } = JSON.parse(out);
    expect(after.rows).toBe(4003);
    expect(attributes[0].only).toEqual({ before: [], after: [] });
    expect(await runDrift("may.csv", "june.csv", { json: true, suppressBelow: "0" })).toBe(0);
    expect(JSON.parse(out).attributes[0].only.after).toEqual([{ group: "x", rows: 3 }]);
    expect(await runDrift("may.csv", "june.csv")).toBe(0);
    expect(out).toContain("only after: x");
  });

  it("reads the second table as the first one, and says what cannot be", async () => {
    write("fairwatt.toml", '[audit.tables."may.csv"]\nlabel = "y"\nprediction = "p"\nsensitive = ["sex"]\n');
    const none = { label: undefined, prediction: undefined, sensitive: undefined };
    expect(await runDrift("may.csv", "june.csv", none)).toBe(0);
    expect(await runDrift("may.csv", "july.csv")).toBe(2);
    expect(err).toContain("july.csv is neither a file nor a run that wrote a table");
    expect(await runDrift("may.csv", "june.csv", { weight: "y" })).toBe(2);
    expect(await runDrift("may.csv", "june.csv", { margin: "5" })).toBe(2);
    expect(err).toContain("--margin must lie between 0 and 1");
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
    expect(out).toMatch(/accuracy 0\.\d+ to 0\.\d+, McNemar exact: p/);
    expect(out).toContain("by sex: pass");
    expect(await runGate("present.csv", "worse.csv")).toBe(1);
    expect(out).toMatch(/accuracy for f may fall by at most 0\.02 +\+0\.1\d+ \(.*\) +fail/);
    expect(await runGate("present.csv", "worse.csv", { json: true, limit: ["equalized_odds=0.1"] })).toBe(1);
    const { passes, attributes, settings } = JSON.parse(out);
    expect(passes).toBe(false);
    expect(settings).toMatchObject({ margin: 0.02, limits: { equalized_odds: 0.1 } });
    expect(attributes[0].verdict).toBe("fail");
  });

  it("pairs rows by a key, in whatever order they come", async () => {
    write("present.csv", csv(present()));
    write("shuffled.csv", csv(harmed(0.002).reverse()));
    expect(await runGate("present.csv", "shuffled.csv")).toBe(2);
    expect(err).toContain("--key COLUMN");
    expect(await runGate("present.csv", "shuffled.csv", { key: "id" })).toBe(0);
  });

  it("says why rows cannot be paired", async () => {
    const rows = present();
    write("present.csv", csv(rows));
    const unpaired = async (other: typeof rows, options = {}) => {
      write("other.csv", csv(other));
      expect(await runGate("present.csv", "other.csv", options)).toBe(2);
      return err;
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
    expect(err).toContain("--candidate");
  });

  it("compares two models that one table holds", async () => {
    const worse = harmed(0.2);
    write("both.csv", csv(present().map((row, at) => ({ ...row, int8: worse[at]!.p }))));
    expect(await runGate("both.csv", undefined, { candidate: "int8" })).toBe(1);
    expect(out).toContain("both.csv, int8 instead of both.csv, p");
    expect(await runGate("both.csv", undefined, { candidate: "p" })).toBe(0);
  });
});
