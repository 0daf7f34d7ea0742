import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { tradeoff } from "../../../src/cli/tradeoff.ts";
import type { AuditBody } from "../../../src/ledger/entries/audit.ts";
import type { BenchBody } from "../../../src/ledger/entries/bench.ts";
import { recordCorrection } from "../../../src/ledger/statements.node.ts";
import { type EntryContent, writeEntry } from "../../../src/ledger/write-entry.node.ts";
import { addEntry } from "../ledger/fixtures.ts";
import { commandFolder } from "./command-folder.ts";

const here = commandFolder();
const fairwatt = () => path.join(here.cwd, ".fairwatt");
const [BIG, SMALL] = ["a1".repeat(32), "b2".repeat(32)];
let minute = 0;
const write = (content: Omit<EntryContent, "time">) =>
  writeEntry(fairwatt(), {
    ...content,
    time: new Date(Date.UTC(2026, 10, 21, 11, minute++)).toISOString(),
  } as EntryContent);

const joules = (value: number) => ({
  ...{ value, unit: "J", method: "measured" as const, instrument: "RAPL package", covers: ["CPU package 0"] },
  ...{ low: value * 0.9, high: value * 1.1, basis: "all of it measured" },
});
const grams = (value: number) => ({ ...joules(value), unit: "gCO2e" });
const meter = { id: "m", label: "CPU package 0", energy: joules(1), share: "all" };

const bench = (artefact: string, entry: string, energy: number, more: Partial<BenchBody> = {}) =>
  write({
    type: "bench",
    body: {
      ...{ run: "01BENCH", entry, name: artefact === BIG ? "big.pt" : "small.pt", unit: "images" },
      ...{ counted: { by: "marks" }, model: { artefact, path: "model.pt" }, pue: 1.5 },
      warmUp: { seconds: 1, units: 10, chosen: "detected" },
      steady: { seconds: 10, units: 1000, pieces: 20, method: "MSER" },
      energyPer1000: joules(energy),
      footprintPer1000: grams(energy / 9000),
      throughput: { value: 100, low: 90, high: 110, method: "20 pieces" },
      latency: { p50: 0.01, p95: 0.02, p99: 0.03, count: 1000, method: "marks" },
      peakMemory: { bytes: 2 ** 27, method: "samples" },
      fairwatt: "0.0.0-test",
      ...more,
    },
  });

const audit = (run: string, accuracy: number, gap: number) =>
  write({
    type: "audit",
    body: {
      ...{ file: `${run}.csv`, run, sha256: "c".repeat(64), bytes: 1, rows: 100, limits: [], settings: {} },
      columns: { label: "y", prediction: "p", sensitive: ["sex"] },
      measures: [
        {
          ...{ by: ["sex"], measure: "equalized_odds", convention: "max" },
          difference: { value: gap, low: 0, high: gap * 2, method: "bootstrap" },
          ratio: { value: null, low: null, high: null, method: "none" },
        },
      ],
      quality: [
        {
          ...{
            measure: "accuracy",
            value: accuracy,
            low: accuracy - 0.02,
            high: accuracy + 0.02,
            method: "Wilson",
          },
          worst: {
            by: ["sex"],
            group: "sex=f",
            value: accuracy - 0.1,
            low: null,
            high: null,
            method: "none",
          },
        },
      ],
      fairwatt: "0.0.0-test",
    } satisfies AuditBody,
  });

/** Two models, each trained, audited and benched. */
async function twoModels(): Promise<{ big: string }> {
  const train = async (run: string, artefact: string, energy: number) => {
    const body = { energy: joules(energy), meters: [meter], footprint: grams(energy / 9000), pue: 1.5 };
    const { hash } = await addEntry(fairwatt(), run, {
      ...body,
      artefacts: [{ path: `${run}.pt`, bytes: 1, sha256: artefact }],
    });
    return hash;
  };
  const [one, two] = [await train("01BIG", BIG, 3.6e6), await train("01SMALL", SMALL, 7.2e6)];
  await audit("01BIG", 0.9, 0.05);
  await audit("01SMALL", 0.89, 0.06);
  const { hash: big } = await bench(BIG, one, 7200);
  await bench(SMALL, two, 3600);
  return { big };
}

async function asked() {
  here.clear();
  expect(await tradeoff({ cwd: here.cwd, json: true })).toBe(0);
  return JSON.parse(here.out);
}

const SETTINGS = `
[tradeoff]
units = 10_000_000
price-per-kwh = 0.2
[[tradeoff.candidates]]
name = "big"
model = "01BIG.pt"
cost-per-hour = 1.8
[[tradeoff.candidates]]
name = "small"
model = "b2b2b2"
also-trained-by = ["01BIG"]
training-cost = 5
`;

describe("fairwatt tradeoff", () => {
  it("says what to do where there is nothing yet", async () => {
    expect(await tradeoff({ cwd: here.cwd })).toBe(0);
    expect(here.out).toMatch(/nothing to compare yet: measure inference \(fairwatt bench\)/);
  });

  it("calls nobody unbeaten where nothing was measured", async () => {
    here.write("fairwatt.toml", '[[tradeoff.candidates]]\nname = "a"\nmodel = "a.pt"\n');
    expect(await tradeoff({ cwd: here.cwd })).toBe(0);
    expect(here.out).toMatch(/accuracy, 95 % +not measured/);
    expect(here.out).not.toMatch(/Pareto|beaten/);
  });

  it("takes the models that were audited or benched where none are named", async () => {
    await twoModels();
    const { rows, notices } = await asked();
    expect(rows.map(({ candidate }: { candidate: { name: string } }) => candidate.name)).toEqual([
      "01SMALL.pt b2b2b2b2",
      "01BIG.pt a1a1a1a1",
    ]);
    expect(notices.join()).toMatch(
      /name them under \[\[tradeoff\.candidates\]\].*no totals over the lifetime/,
    );
  });

  it("fills candidates from the ledger: quality, gap, latency, energy, CO2e, cost", async () => {
    await twoModels();
    here.write("fairwatt.toml", SETTINGS);
    const { rows, breakEven, unit } = await asked();
    const [{ candidate: big }, { candidate: small, lifetime }] = rows;
    expect(here.err).toBe("");
    expect(unit).toBe("images");
    expect(big.quality).toMatchObject({
      value: 0.9,
      low: 0.88,
      high: 0.92,
      source: "audit of 01BIG.csv, Wilson",
    });
    expect(big.worstGroup).toMatchObject({ value: 0.8, source: expect.stringMatching(/^sex=f/) });
    expect(big.fairnessGap).toMatchObject({ value: 0.05, high: 0.1 });
    expect(big.latency.p95).toBe(0.02);
    expect(big.memory).toBe(2 ** 27);
    expect(big.entries).toHaveLength(3);
    // 1 kWh x PUE 1.5 x 0.2; 2 Wh x 1.5 x 0.2 and 10 s of a machine at 1.8 an hour.
    expect(big.cost.training.value).toBeCloseTo(0.3, 9);
    expect(big.cost.per1000.value).toBeCloseTo(0.0006 + 0.005, 9);
    // Its own training and that of the model that it was made from.
    expect(small.training.energy.value).toBeCloseTo(3.6e6 + 7.2e6, 3);
    expect(small.cost.training.value).toBeCloseTo(0.9 + 5, 9);
    expect(lifetime.energy.value).toBeCloseTo(3 + 10, 9);
    const energy = breakEven.find((each: { resource: string }) => each.resource === "energy");
    // 2 kWh more once, 1 Wh less for each 1,000.
    expect(energy.result).toMatchObject({ kind: "crosses", before: "big", after: "small" });
    expect(energy.result.units).toBeCloseTo(2_000_000, 3);
    expect(energy.words).toMatch(/^small needs less energy than big from 2,000,000 images on/);
    expect(rows[0].indistinguishable).toEqual(["small"]);
    here.clear();
    await tradeoff({ cwd: here.cwd });
    expect(here.out).toMatch(/accuracy, 95 % +0\.900 \(0\.880 to 0\.920\) +0\.890/);
    expect(here.out).toMatch(/Decision\nnone yet/);
  });

  it("counts hardware's making where the project names it", async () => {
    await twoModels();
    here.write(
      "fairwatt.toml",
      `${SETTINGS}\n[[sci.hardware]]\nname = "server"\nembodied-kg = 876\nlifespan-years = 1\nsource = "maker"\n`,
    );
    // 876 kg in 8,760 h: 100 g an hour, and 1,000 images take 10 s.
    expect((await asked()).rows[0].candidate.embodied.value).toBeCloseTo(100 / 360, 6);
  });

  it("leaves out what a correction takes back, and says what is not there", async () => {
    const { big } = await twoModels();
    await recordCorrection(fairwatt(), { corrects: big, reason: "wrong machine", fairwatt: "0.0.0-test" });
    here.write(
      "fairwatt.toml",
      `${SETTINGS}\n[[tradeoff.candidates]]\nname = "ghost"\nmodel = "ghost.pt"\nrun = "01GHOST"\nbench = "nobench"\naudit = "none.csv"\n`,
    );
    const { rows } = await asked();
    expect(rows[0].candidate.inference.energy).toBeNull();
    expect(rows[0].pareto).toMatchObject({ on: null, missing: ["CO2e", "cost"] });
    expect(rows[2].candidate.notices).toEqual([
      "the ledger has no model ghost.pt",
      "the ledger has no run 01GHOST",
      "the ledger has no bench nobench",
      "the ledger has no audit none.csv",
    ]);
    expect(rows[2].candidate.training.energy).toBeNull();
  });
});
