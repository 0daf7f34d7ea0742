import { readFileSync } from "node:fs";
import * as path from "node:path";
import Ajv from "ajv";
import { describe, expect, it } from "vitest";
import type { RunSummary } from "../../../../src/energy/run.ts";
import { JOULES_PER_KWH } from "../../../../src/quantity.ts";
import { codecarbonReader } from "../../../../src/report/exchange/read-codecarbon.ts";
import { type BoampsFacts, boampsReport } from "../../../../src/report/exchange/write-boamps.ts";
import { codecarbonCsv } from "../../../../src/report/exchange/write-codecarbon.ts";
import { fixtureRun, HOSTILE, LONG, SHORT } from "../../cli/fixture-runs.ts";

const SCHEMAS = path.resolve(import.meta.dirname, "../../../fixtures/schemas/boamps");

function validator() {
  const ajv = new Ajv({ strict: false, allErrors: true });
  const schema = (name: string) => {
    // Draft 4 calls it "id"; nothing else in these schemas differs between the drafts.
    const {
      id,
      $schema: _,
      ...rest
    } = JSON.parse(readFileSync(path.join(SCHEMAS, `${name}_schema.json`), "utf8"));
    return { ...rest, $id: id };
  };
  for (const name of ["algorithm", "dataset", "hardware", "measure"]) ajv.addSchema(schema(name));
  return ajv.compile(schema("report"));
}

const FACTS: BoampsFacts = {
  taskStage: "training",
  taskFamily: "tabular classification",
  algorithm: "random forest",
  dataType: "tabular",
  infrastructure: "onPremise",
};
const context = { fairwatt: "0.1.0", now: new Date("2026-11-22T12:00:00Z") };
const RUNS = [LONG, SHORT, HOSTILE];

describe("a BoAmps report", () => {
  it.each(RUNS)("of %s validates against the published schema", async (id) => {
    const run = await fixtureRun(id);
    const report = boampsReport(run, FACTS, { ...context, country: "Germany" });
    const validate = validator();
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
    const [measure] = report!.measures;
    expect(measure!.powerConsumption).toBeCloseTo(run.energy.value / JOULES_PER_KWH, 12);
    expect(report!.task.taskDescription).toContain("not measured: ");
  });

  it("is not valid without what is asked for: the validator can tell", async () => {
    const { task, ...rest } = boampsReport(await fixtureRun(LONG), FACTS, context)!;
    const validate = validator();
    expect(validate(rest)).toBe(false);
    expect(
      validate({ ...rest, task: { ...task, dataset: [{ dataUsage: "input", dataType: "spreadsheet" }] } }),
    ).toBe(false);
  });

  it("is not written of a run whose energy is not known", async () => {
    const run = { ...(await fixtureRun(LONG)), meters: [] };
    expect(boampsReport(run, FACTS, context)).toBeUndefined();
  });

  it("tells its quality by the range, where one of theirs fits", async () => {
    const run = await fixtureRun(LONG);
    const quality = (part: number) => {
      const { value } = run.energy;
      const energy = { ...run.energy, low: value * (1 - part), high: value * (1 + part) };
      return boampsReport({ ...run, energy }, FACTS, context)!.quality;
    };
    expect([0.05, 0.2, 0.45, 0.9].map(quality)).toEqual(["high", "medium", "low", undefined]);
  });
});

describe("CodeCarbon's CSV", () => {
  const countryOf = () => ({ name: "Germany", alpha3: "DEU" });
  const csv = (...runs: RunSummary[]) => codecarbonCsv(runs, { fairwatt: "0.1.0", countryOf });

  it("comes back through the reader with the energy and footprint that the run has", async () => {
    const runs = await Promise.all(RUNS.map(fixtureRun));
    const { records, problems } = codecarbonReader.read(csv(...runs), "emissions.csv");
    expect(problems).toEqual([]);
    expect(records.map(({ key }) => key)).toEqual(RUNS);
    runs.forEach((run, index) => {
      expect(records[index]!.energy!.value).toBeCloseTo(run.energy.value, 6);
      expect(records[index]!.durationSeconds).toBeCloseTo(run.duration, 6);
    });
  });

  it("multiplies the PUE in, as CodeCarbon does, and says it in its column", async () => {
    const run = { ...(await fixtureRun(LONG)), pue: 1.4 };
    const { records } = codecarbonReader.read(csv(run), "emissions.csv");
    expect(records[0]!.energy!.value).toBeCloseTo(run.energy.value, 6);
    expect(records[0]!.notices!.join()).toMatch(/PUE of 1.4/);
  });

  it("leaves empty what is not known: a zone that nobody named is no zero", async () => {
    const { grid: _, ...run } = await fixtureRun(LONG);
    const [heading, row] = csv(run).split("\n");
    const cell = (name: string) => row!.split(",")[heading!.split(",").indexOf(name)];
    for (const name of ["emissions", "country_name", "water_consumed", "longitude"])
      expect(cell(name)).toBe("");
  });
});
