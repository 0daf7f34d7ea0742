import { describe, expect, it } from "vitest";
import { parseProject } from "../../../src/config/parse.ts";

const own = (text: string) => parseProject(text, "fairwatt.toml");
const messages = (text: string) => own(text).problems.map(({ line, message }) => [line, message]);

describe("the tables on electricity and accounts", () => {
  it("are read", () => {
    const text = `zone = "aws:eu-west-1"
[grid]
provider = "csv"
file = "intensity.csv"
[hosting]
kind = "colocation"
control = "tenant"
wue = 1.8
[instruments]
residual-mix = { g-per-kwh = 620, year = 2024, source = "AIB" }
[[instruments.held]]
type = "certificate"
kwh = 500
g-per-kwh = 0
from = "2026-01-01"
to = "2026-12-31"
source = "cancelled for us"
[sci]
unit = "inference"
units = 1000
[[sci.hardware]]
name = "server"
embodied-kg = 1300
lifespan-years = 4
source = "its maker"
[budget]
period = "month"
kgco2e = 12
`;
    expect(own(text)).toMatchObject({
      problems: [],
      config: {
        grid: { provider: "csv", file: "intensity.csv" },
        hosting: { kind: "colocation", control: "tenant", wue: 1.8 },
        instruments: { held: [{ type: "certificate", kwh: 500 }], "residual-mix": { year: 2024 } },
        sci: { units: 1000, hardware: [{ share: 1 }] },
        budget: { period: "month", kgco2e: 12, method: "location-based" },
      },
    });
  });

  it("go as a whole where a setting is missing without which they say nothing; the others stay", () => {
    const text = 'pue = 1.2\n[grid]\nplace = "FR"\n[budget]\nperiod = "month"\nkwh = -1\n';
    expect(messages(text)).toEqual([
      [
        1,
        'provider must be one of "uk-carbon-intensity", "energy-charts", "electricity-maps", "electricity-maps-v3", "watttime", "csv"',
      ],
      [5, "kwh must be a number above 0: what the period may use, of the computers alone"],
    ]);
    expect(own(text).config).toMatchObject({ pue: 1.2, budget: { period: "month" } });
    expect(own(text).config.grid).toBeUndefined();
  });

  it("say where in a list a setting is wrong, and the nearest key", () => {
    const text = `[[instruments.held]]
type = "certificate"
kwh = 1
g-per-kwh = 0
from = "2026-02-30"
to = "2026-12-31"
source = "x"
retired_on = "2026-01-01"
`;
    expect(messages(text)).toEqual([
      [4, 'from must be a date such as "2026-01-31"'],
      [7, 'unknown key "retired_on" in [instruments.held]; did you mean "retired-on"?'],
    ]);
    expect(own(text).config.instruments).toEqual({});
  });

  it("take no address and no key: a project file must not send a secret anywhere", () => {
    const text = '[grid]\nprovider = "watttime"\nurl = "http://127.0.0.1"\n';
    expect(messages(text)[0]?.[1]).toContain('unknown key "url" in [grid]');
  });
});
