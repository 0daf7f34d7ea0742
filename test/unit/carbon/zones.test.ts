import * as fs from "node:fs";
import * as path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { locationBasedFootprint } from "../../../src/carbon/footprint.ts";
import { checkZone, resolveZone } from "../../../src/carbon/resolve-zone.node.ts";
import { gridBasis } from "../../../src/carbon/resolve-zone.ts";
import { findZone, loadZones } from "../../../src/carbon/zones.node.ts";
import { LEAST_BAND } from "../../../src/carbon/zones.ts";
import { parseProject } from "../../../src/config/parse.ts";
import { gridBasis as gridRecord } from "../../../src/energy/journal.ts";
import type { Quantity } from "../../../src/quantity.ts";

const data = path.resolve(import.meta.dirname, "../../../src/carbon/data");
const read = (name: string) => JSON.parse(fs.readFileSync(path.join(data, name), "utf8"));
const zones = loadZones();

describe("the tables", () => {
  it.each([
    ["FR", 44.18, 2024],
    ["DE", 342.06, 2024],
    ["PL", 614.98, 2024],
    ["NO", 30.75, 2024],
    ["SE", 35.89, 2024],
    ["GB", 215.79, 2024],
    ["US", 383.55, 2024],
    ["CN", 557.5, 2024],
    ["IN", 708.96, 2024],
    ["WORLD", 472.94, 2024],
    ["EU", 213.02, 2024],
    ["US-CA", 216.43, 2020],
    ["SE-SE3", 27, 2025],
  ])("%s is %d g/kWh of %d", (code, grams, year) => {
    expect(findZone(code)).toMatchObject({ code, gramsPerKwh: grams, year });
  });

  it("have a range around every usable figure, which the journal takes", () => {
    for (const zone of zones.all) {
      expect(zone.low, zone.code).toBeLessThanOrEqual(zone.gramsPerKwh);
      expect(zone.high, zone.code).toBeGreaterThanOrEqual(zone.gramsPerKwh);
      if (!zone.unusable) expect(zone.low, zone.code).toBeGreaterThan(0);
      expect(gridRecord.safeParse(gridBasis(zone, "--zone")).success).toBe(true);
    }
  });

  it("name a publisher for every figure", () => {
    for (const zone of zones.all) expect(zone.source).not.toMatch(/via|codecarbon-/);
  });

  it("give every zone its own code", () => {
    expect(new Set(zones.all.map(({ code }) => code)).size).toBe(zones.all.length);
    for (const zone of zones.all) expect(zones.find(zone.code)).toBe(zone);
  });

  it("hold nothing of Electricity Maps", () => {
    for (const name of ["grid-intensity.json", "subregions.json"]) {
      expect(fs.readFileSync(path.join(data, name), "utf8")).not.toMatch(/electricity\s?-?maps/i);
    }
  });

  it("spread as much as the least band says: three quarters of the disagreements are smaller", () => {
    const spreads: number[] = [];
    for (const { gCO2ePerKWh: value, alternatives } of read("grid-intensity.json").countries) {
      const others = alternatives.filter((other: { source: string }) => other.source.startsWith("owid"));
      if (value > 0 && others.length > 0) spreads.push(Math.abs(others[0].gCO2ePerKWh / value - 1));
    }
    spreads.sort((a, b) => a - b);
    const quartile = spreads[Math.floor(spreads.length * 0.75)]!;
    expect(quartile).toBeGreaterThan(LEAST_BAND - 0.015);
    expect(quartile).toBeLessThanOrEqual(LEAST_BAND);
  });

  it("derive the Canadian provinces from their mix", () => {
    const { caProvinces, factors } = read("subregions.json");
    const names: Record<string, string> = { naturalGas: "natural_gas", hydro: "hydroelectricity" };
    for (const { code, gCO2ePerKWh, mixPercent } of caProvinces) {
      let grams = 0;
      let share = 0;
      for (const [fuel, percent] of Object.entries(mixPercent as Record<string, number>)) {
        const factor = factors[names[fuel] ?? fuel];
        if (factor === undefined) continue;
        grams += factor * percent;
        share += percent;
      }
      expect(gCO2ePerKWh, code).toBeCloseTo(grams / share, 1);
    }
  });

  it("reach every published figure of a zone", () => {
    expect(findZone("FR")).toMatchObject({ high: 56.04 });
    expect(findZone("SV")).toMatchObject({ high: 271.47 });
    expect(findZone("CA-QC")!.low).toBe(1.5);
    expect(findZone("SE-SE4")!.high).toBe(59.1);
    expect(findZone("WORLD")!.low).toBe(416.19);
  });
});

describe("find", () => {
  it.each([
    ["de", "DE"],
    ["DEU", "DE"],
    ["germany", "DE"],
    [" Germany ", "DE"],
    ["UK", "GB"],
    ["us-ca", "US-CA"],
    ["US_CA", "US-CA"],
    ["California", "US-CA"],
    ["CA", "CA"],
    ["Quebec", "CA-QC"],
    ["SE3", "SE-SE3"],
    ["north america", "NORTH_AMERICA"],
    ["Türkiye", "TR"],
    ["cote d'ivoire", "CI"],
    ["South Korea", "KR"],
  ])("%j is %s", (text, code) => {
    expect(findZone(text)?.code).toBe(code);
  });

  it("does not choose between two places of one name", () => {
    expect(findZone("Georgia")).toBeUndefined();
    expect(zones.suggest("Georgia").map(({ code }) => code)).toEqual(["GE", "US-GA"]);
  });

  it.each([
    ["Germny", "DE"],
    ["Frnace", "FR"],
    ["Swede", "SE"],
    ["US-CAL", "US-CA"],
    ["Califronia", "US-CA"],
    ["WRLD", "WORLD"],
  ])("%j suggests %s", (text, code) => {
    expect(findZone(text)).toBeUndefined();
    expect(zones.suggest(text).map((zone) => zone.code)).toContain(code);
  });

  it("takes any text without a throw", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(zones.suggest(text).length).toBeLessThanOrEqual(Math.max(3, zones.all.length));
        zones.find(text);
      }),
    );
  });
});

describe("resolveZone", () => {
  it("takes the option first, then the project, then the personal setting", () => {
    expect(resolveZone({ option: "FR", project: "DE", personal: "PL" }).grid).toMatchObject({
      zone: "FR",
      chosenBy: "--zone",
    });
    expect(resolveZone({ project: "DE", projectFile: "pyproject.toml", personal: "PL" }).grid).toMatchObject({
      zone: "DE",
      chosenBy: "pyproject.toml",
    });
    expect(resolveZone({ personal: "PL" }).grid).toMatchObject({
      zone: "PL",
      chosenBy: "setting fairwatt.zone",
    });
  });

  it("has no zone when none is named", () => {
    expect(resolveZone({ option: " ", personal: "" })).toEqual({ warnings: [] });
  });

  it("never falls through from a wrong zone", () => {
    expect(resolveZone({ option: "Germny", project: "FR" })).toEqual({
      warnings: [],
      problem: '--zone: there is no zone "Germny"; did you mean DE (Germany)?',
    });
    expect(resolveZone({ project: "QQQ" }).problem).toMatch(/a zone is a country/);
  });

  it("refuses a figure of zero and warns of doubtful ones", () => {
    const refused = resolveZone({ option: "CF" });
    expect(refused.grid).toBeUndefined();
    expect(refused.problem).toMatch(/cannot be used/);
    expect(resolveZone({ option: "EH" }).warnings.join()).toMatch(/2009/);
    for (const code of ["SV", "TM", "UZ", "US-TX"]) {
      const resolved = resolveZone({ option: code });
      expect(resolved.grid?.zone).toBe(code);
      expect(resolved.warnings.length, code).toBeGreaterThan(0);
    }
    expect(resolveZone({ option: "FR" }).warnings).toEqual([]);
  });
});

describe("checkZone", () => {
  it("gives parseProject a sentence for a zone that cannot be used", () => {
    const { config, problems } = parseProject('pue = 1.1\nzone = "Germny"\n', "fairwatt.toml", checkZone);
    expect(config.zone).toBe("Germny");
    expect(problems).toEqual([
      expect.objectContaining({
        line: 1,
        column: 7,
        message: 'there is no zone "Germny"; did you mean DE (Germany)?',
      }),
    ]);
    expect(parseProject('zone = "DE"', "fairwatt.toml", checkZone).problems).toEqual([]);
  });
});

describe("locationBasedFootprint", () => {
  it("is energy x PUE x intensity, with both ranges", () => {
    const energy: Quantity<"J"> = {
      value: 3_600_000,
      unit: "J",
      method: "measured",
      instrument: "RAPL package",
      covers: ["CPU package 0"],
      low: 3_400_000,
      high: 3_800_000,
      basis: "all of it measured",
    };
    const grid = resolveZone({ option: "DE" }).grid!;
    const footprint = locationBasedFootprint(energy, grid, 1.2);
    expect(footprint.value).toBeCloseTo(342.06 * 1.2, 9);
    expect(footprint.low).toBeCloseTo((3.4 / 3.6) * 1.2 * 301.01, 9);
    expect(footprint.high).toBeCloseTo((3.8 / 3.6) * 1.2 * 383.11, 9);
    expect(footprint.basis).toBe("342 g/kWh, Germany, yearly 2024, Ember, location-based, PUE 1.2");
  });
});

describe("cloud regions", () => {
  it("are zones, by provider and region", () => {
    expect(findZone("gcp:europe-west9")).toMatchObject({ kind: "cloud", year: 2025, warnings: [] });
    expect(findZone("AWS:eu-west-1")).toMatchObject({
      code: "aws:eu-west-1",
      name: "AWS eu-west-1 (Ireland)",
      pue: { value: 1.135, source: "CCF AWS PUE_AVG" },
    });
  });

  it("of a provider that publishes nothing have the country's average, a warning, and the range of what is known", () => {
    const zone = findZone("aws:us-west-2")!;
    const google = findZone("gcp:us-west1")!;
    expect(zone.gramsPerKwh).toBe(findZone("US")!.gramsPerKwh);
    expect(zone.warnings.join()).toMatch(
      /AWS publishes no figure .* United States.*, whose grids differ much/,
    );
    expect(zone.low).toBeLessThanOrEqual(google.gramsPerKwh);
    expect(zone.high).toBeGreaterThanOrEqual(findZone("US")!.high);
  });

  it("are suggested where one is mistyped", () => {
    expect(checkZone("aws:eu-wst-1")).toContain("aws:eu-west-1");
  });
});
