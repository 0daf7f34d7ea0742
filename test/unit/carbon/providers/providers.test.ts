import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { weightedIntensity } from "../../../../src/carbon/intensity/over-time.ts";
import { askAhead, askPast } from "../../../../src/carbon/providers/ask.node.ts";
import { PROVIDERS } from "../../../../src/carbon/providers/index.ts";
import type { GridConfig } from "../../../../src/config/carbon-settings.ts";
import { type Answer, localService } from "./local-service.ts";

type Service = Awaited<ReturnType<typeof localService>>;
let service: Service | undefined;
const serve = async (answer: Parameters<typeof localService>[0]) => {
  service = await localService(answer);
  return service;
};
afterEach(async () => {
  await service?.close();
  service = undefined;
});

const NOW = Date.parse("2026-11-22T09:10:00Z");
const HOUR = 3_600_000;
const iso = (time: number) => new Date(time).toISOString();
const minute = (time: number) => `${iso(time).slice(0, 16)}Z`;

/** The half-hours of the documentation's example, forecast 10 % over what came. */
function halfHours(from: number, count: number) {
  return Array.from({ length: count }, (_, index) => {
    const start = from + index * (HOUR / 2);
    return {
      from: minute(start),
      to: minute(start + HOUR / 2),
      intensity: { forecast: 220, actual: start + HOUR / 2 <= NOW ? 200 : null, index: "moderate" },
    };
  });
}

describe("UK Carbon Intensity", () => {
  const grid: GridConfig = { provider: "uk-carbon-intensity" };

  it("gives what was and what is forecast, and computes the forecast's error", async () => {
    const { options, asked } = await serve((url) => ({
      body: { data: url.endsWith("/fw48h") ? halfHours(NOW - 600_000, 96) : halfHours(NOW - 24 * HOUR, 48) },
    }));
    const { series, problem } = await askAhead(12, options(grid, NOW));
    expect(problem).toBeUndefined();
    expect(asked.map(({ path: url }) => url)).toEqual([
      "/intensity/2026-11-21T10:00Z/2026-11-22T09:10Z",
      "/intensity/2026-11-22T09:10Z/fw48h",
    ]);
    expect(series).toMatchObject({ basis: "average", zone: "GB", name: "Great Britain", factors: "direct" });
    expect(series!.error.relative).toBeCloseTo(20 / 220, 10);
    expect(series!.error.how).toMatch(/^nine in ten of its forecasts of the last 2[34] hours/);
    const ahead = series!.slots.filter(({ kind }) => kind === "forecast");
    expect(ahead[0]).toMatchObject({ gramsPerKwh: 220, low: 200 });
    expect(series!.slots.filter(({ kind }) => kind === "actual").every(({ low, high }) => low === high)).toBe(
      true,
    );
  });

  it("takes a place's answer as a list and as an object", async () => {
    for (const wrap of [(data: object) => [data], (data: object) => data]) {
      const { options, close } = await serve((url) => {
        expect(url).toMatch(/^\/regional\/intensity\/.*\/postcode\/SW1$/);
        return { body: { data: wrap({ shortname: "London", data: halfHours(NOW, 4) }) } };
      });
      const { series } = await askAhead(2, options({ ...grid, place: "sw1" }, NOW));
      expect(series).toMatchObject({ name: "London (SW1)", zone: "SW1" });
      await close();
    }
    service = undefined;
  });

  it("asks for long stretches of the past in parts", async () => {
    const { options, asked } = await serve(() => ({ body: { data: halfHours(NOW - 24 * HOUR, 4) } }));
    await askPast(NOW - 20 * 24 * HOUR, NOW, options(grid, NOW));
    expect(asked).toHaveLength(2);
  });

  it("makes a sentence of its errors", async () => {
    const { options } = await serve(() => ({
      status: 400,
      body: { error: { code: "400 Bad Request", message: "Please enter a valid postcode." } },
    }));
    expect((await askAhead(2, options({ ...grid, place: "XX" }, NOW))).problem).toBe(
      'NESO Carbon Intensity API has no figures for what was asked ("Please enter a valid postcode"); check place under [grid]: nothing for all of Great Britain, or the first part of a postcode such as "SW1"',
    );
  });
});

describe("Energy-Charts", () => {
  it("joins figures and forecasts of one list", async () => {
    const { options, asked } = await serve(() => ({
      body: {
        unix_seconds: [NOW - 1_200_000, NOW - 300_000, NOW + 600_000, NOW + 1_500_000].map(
          (time) => time / 1000,
        ),
        co2eq: [491.5, 497.4, null, null],
        co2eq_forecast: [null, 490, 505, null],
        deprecated: false,
      },
    }));
    const { series } = await askAhead(1, options({ provider: "energy-charts", place: "DE" }, NOW));
    expect(asked[0]!.path).toBe("/co2eq?country=de&start=2026-11-21T10:00Z&end=2026-11-22T11:00Z");
    expect(series).toMatchObject({ zone: "DE", resolution: 900_000, error: { relative: 0.1 } });
    expect(series!.error.how).toContain("assumed");
    expect(series!.slots.map(({ gramsPerKwh, kind }) => [gramsPerKwh, kind])).toEqual([
      [491.5, "actual"],
      [497.4, "actual"],
      [505, "forecast"],
    ]);
  });
});

describe("Electricity Maps", () => {
  const figure = (time: number, carbonIntensity: number) => ({ carbonIntensity, datetime: iso(time) });
  const grid: GridConfig = { provider: "electricity-maps", place: "FR" };
  const key = { ELECTRICITYMAPS_API_TOKEN: "secret-1" };
  const good = (url: string): Answer => ({
    body: url.includes("/forecast")
      ? { zone: "FR", forecast: [figure(NOW + HOUR, 40), figure(NOW + 2 * HOUR, 60)], updatedAt: iso(NOW) }
      : { zone: "FR", history: [{ ...figure(NOW - HOUR, 50), isEstimated: true, estimationMethod: "x" }] },
  });

  it("v4 sends the key as a header, and that the caller's address is no place", async () => {
    const { options, asked } = await serve(good);
    const { series } = await askAhead(20, options({ ...grid, factors: "direct" }, NOW, key));
    expect(asked[0]!.headers["auth-token"]).toBe("secret-1");
    expect(asked[0]!.path).toContain("disableCallerLookup=true");
    expect(asked[0]!.path).toContain("emissionFactorType=direct");
    expect(asked[1]!.path).toContain("horizonHours=24");
    expect(series!.slots.map(({ kind }) => kind)).toEqual(["estimated", "forecast", "forecast"]);
    expect(series).toMatchObject({ zone: "FR", factors: "direct", resolution: HOUR });
  });

  it("v3 says it in its own way, and has ranges of the past", async () => {
    const { options, asked } = await serve(() => ({
      body: { zone: "FR", data: [figure(NOW - 50 * HOUR, 50)] },
    }));
    const { series } = await askPast(
      NOW - 50 * HOUR,
      NOW - 48 * HOUR,
      options({ ...grid, provider: "electricity-maps-v3" }, NOW, key),
    );
    expect(asked[0]!.path).toContain("/carbon-intensity/past-range?");
    expect(asked[0]!.path).toContain("shouldUseFallbackCallerLookup=false");
    expect(series!.slots).toHaveLength(1);
  });

  it("with a free key keeps the past day and says that there is no forecast", async () => {
    const { options } = await serve((url) =>
      url.includes("/forecast")
        ? { status: 403, body: { error: "Forbidden: not in your plan." } }
        : good(url),
    );
    const { series, problem } = await askAhead(20, options(grid, NOW, key));
    expect(problem).toBeUndefined();
    expect(series!.slots).toHaveLength(1);
    expect(series!.notices[0]).toMatch(
      /does not give this to the plan of your key \("Forbidden: not in your plan"\)/,
    );
  });

  it("says which variable the key belongs in, and that a key is refused", async () => {
    const { options, asked } = await serve(() => ({ status: 401, body: { message: "Invalid token" } }));
    expect((await askAhead(2, options(grid, NOW))).problem).toMatch(
      /^Electricity Maps needs a key: set the environment variable ELECTRICITYMAPS_API_TOKEN/,
    );
    expect(asked).toHaveLength(0);
    const refused = await askAhead(2, options(grid, NOW, key));
    expect(refused.problem).toMatch(
      /refuses the key \("Invalid token"\); set ELECTRICITYMAPS_API_TOKEN anew/,
    );
    expect(refused.problem).not.toContain("secret-1");
  });

  it("takes the key from a store before the environment", async () => {
    const { options, asked } = await serve(good);
    await askAhead(2, { ...options(grid, NOW, key), secret: async () => "from the store" });
    expect(asked[0]!.headers["auth-token"]).toBe("from the store");
  });

  it("needs a place: without one the service would look the caller up", async () => {
    const { options, asked } = await serve(good);
    const { problem } = await askAhead(2, options({ provider: "electricity-maps" }, NOW, key));
    expect(problem).toMatch(/needs the place: write {2}place = \.\.\. {2}under \[grid\]/);
    expect(asked).toHaveLength(0);
  });
});

describe("WattTime", () => {
  const grid: GridConfig = { provider: "watttime", place: "CAISO_NORTH" };
  const account = { WATTTIME_USER: "ada", WATTTIME_PASSWORD: "pässword" };

  it("logs in, asks for marginal figures, and turns pounds per MWh into grams per kWh", async () => {
    const { options, asked } = await serve((url) =>
      url === "/login"
        ? { body: { token: "t" } }
        : {
            body: {
              data: [{ point_time: iso(NOW), value: 1000 }],
              meta: {
                data_point_period_seconds: 300,
                region: "CAISO_NORTH",
                signal_type: "co2_moer",
                units: "lbs_co2_per_mwh",
                warnings: [{ type: "EXAMPLE", message: "late data" }],
              },
            },
          },
    );
    const { series } = await askAhead(20, options(grid, NOW, account));
    const [login, forecast] = asked;
    expect(Buffer.from(login!.headers.authorization!.slice(6), "base64").toString("utf8")).toBe(
      "ada:pässword",
    );
    expect(forecast!.headers.authorization).toBe("Bearer t");
    expect(forecast!.path).toBe("/v3/forecast?region=CAISO_NORTH&signal_type=co2_moer&horizon_hours=21");
    expect(series).toMatchObject({ basis: "marginal", notices: ["WattTime: late data"] });
    expect(series!.slots[0]!.gramsPerKwh).toBeCloseTo(453.59237, 6);
    if (series!.basis !== "marginal") throw new Error("unreachable");
    // @ts-expect-error A marginal series is no measure of a footprint: the compiler refuses it.
    weightedIntensity(series, []);
  });

  it("refuses another unit", async () => {
    const { options } = await serve((url) =>
      url === "/login" ? { body: { token: "t" } } : { body: { data: [], meta: { units: "percentile" } } },
    );
    expect((await askAhead(2, options(grid, NOW, account))).problem).toMatch(
      /not documented \(unit percentile\)/,
    );
  });

  it("says what a free account has", async () => {
    const { options } = await serve((url) =>
      url === "/login" ? { body: { token: "t" } } : { status: 403, body: { detail: "no access" } },
    );
    expect((await askAhead(2, options({ ...grid, place: "PJM" }, NOW, account))).problem).toMatch(
      /WattTime does not give this to the plan of your key \("no access"\)/,
    );
  });
});

describe("a file of one's own", () => {
  const write = (folder: string, text: string) => fs.writeFileSync(path.join(folder, "grid.csv"), text);
  const grid: GridConfig = { provider: "csv", file: "grid.csv" };

  it("is read with its ranges; times without a zone are UTC", async () => {
    const { options, folder, asked } = await serve(() => undefined);
    write(
      folder,
      "\uFEFFtime,gco2e_per_kwh,low,high\n2026-11-22 08:00,300,,\n2026-11-22T11:00+01:00,100,80,130\n",
    );
    const { series } = await askAhead(4, options({ ...grid, basis: "marginal" }, NOW));
    expect(series).toMatchObject({ basis: "marginal", source: "grid.csv", resolution: 2 * HOUR });
    expect(series!.slots).toEqual([
      {
        from: NOW - 70 * 60_000,
        to: NOW + 50 * 60_000,
        gramsPerKwh: 300,
        low: 270,
        high: 330,
        kind: "forecast",
      },
      {
        from: NOW + 50 * 60_000,
        to: NOW + 170 * 60_000,
        gramsPerKwh: 100,
        low: 80,
        high: 130,
        kind: "forecast",
      },
    ]);
    expect(asked).toHaveLength(0);
  });

  it("reads an export of Electricity Maps, the factors that were asked for", async () => {
    const { options, folder } = await serve(() => undefined);
    write(
      folder,
      "Datetime (UTC),Country,Carbon intensity gCO₂eq/kWh (direct),Carbon intensity gCO₂eq/kWh (Life cycle)\n2026-11-22 10:00:00,FR,10,40\n",
    );
    const values = async (factors: "direct" | "lifecycle") =>
      (await askAhead(4, options({ ...grid, factors }, NOW))).series!.slots[0]!.gramsPerKwh;
    expect(await values("direct")).toBe(10);
    expect(await values("lifecycle")).toBe(40);
  });

  it.each([
    ["nothing in it\n", /grid\.csv cannot be read: it needs a heading/],
    ["time,intensity\n", /has no lines below its heading/],
    ["time,intensity\nsoon,1\n", /grid\.csv:2: "soon" is not a time/],
    ["time,intensity\n2026-11-22,-3\n", /grid\.csv:2: "-3" is not a number/],
    ["time,intensity,low,high\n2026-11-22,5,6,7\n", /not in this order/],
    ["time,intensity,kind\n2026-11-22,5,guess\n", /kind must be actual/],
  ])("says what is wrong with %j", async (text, message) => {
    const { options, folder } = await serve(() => undefined);
    write(folder, text);
    expect((await askAhead(4, options(grid, NOW))).problem).toMatch(message);
  });

  it("says when it is not there, or not named", async () => {
    const { options } = await serve(() => undefined);
    expect((await askAhead(4, options(grid, NOW))).problem).toMatch(/grid\.csv is not there/);
    expect((await askAhead(4, options({ provider: "csv" }, NOW))).problem).toMatch(/needs the file's name/);
  });
});

describe("what is kept", () => {
  const grid: GridConfig = { provider: "uk-carbon-intensity" };
  const good = { body: { data: halfHours(NOW, 8) } };

  it("is used while it is fresh, with its age, and again when the network is gone", async () => {
    let broken = false;
    const { options, asked } = await serve(() => (broken ? { status: 503, body: "out of order" } : good));
    await askAhead(2, options(grid, NOW));
    const count = asked.length;
    expect(await askAhead(2, options(grid, NOW + 300_000))).toMatchObject({ age: 300_000 });
    expect(asked).toHaveLength(count);
    broken = true;
    const later = await askAhead(2, options(grid, NOW + 1_200_000));
    expect(later).toMatchObject({
      age: 1_200_000,
      problem: expect.stringMatching(/is out of order \(HTTP 503\)/),
    });
    expect(later.series!.slots.length).toBeGreaterThan(0);
  });

  it("is not filled by a service that wants to be left alone", async () => {
    const { options, asked } = await serve(() => ({
      status: 429,
      headers: { "retry-after": "90" },
      body: {},
    }));
    expect((await askAhead(2, options(grid, NOW))).problem).toMatch(
      /was asked too often; it is asked again in 90 s/,
    );
    const count = asked.length;
    expect((await askAhead(2, options(grid, NOW + 30_000))).problem).toMatch(
      /to be left alone for 60 s more/,
    );
    expect(asked).toHaveLength(count);
    await askAhead(2, options(grid, NOW + 91_000));
    expect(asked.length).toBeGreaterThan(count);
  });

  it("does not matter when it is torn", async () => {
    const { options, folder } = await serve(() => good);
    await askAhead(2, options(grid, NOW));
    for (const file of fs.readdirSync(path.join(folder, "cache"))) {
      fs.writeFileSync(path.join(folder, "cache", file), '{"v":1,"series":{"basis"');
    }
    expect(await askAhead(2, options(grid, NOW))).toMatchObject({ age: 0, series: { zone: "GB" } });
  });

  it("holds no key", async () => {
    const { options, folder } = await serve(() => ({
      body: { zone: "FR", history: [{ carbonIntensity: 1, datetime: iso(NOW) }], forecast: [] },
    }));
    await askAhead(
      2,
      options({ provider: "electricity-maps", place: "FR" }, NOW, { ELECTRICITYMAPS_API_TOKEN: "s3cret" }),
    );
    const all = fs
      .readdirSync(path.join(folder, "cache"))
      .map((file) => fs.readFileSync(path.join(folder, "cache", file), "utf8"));
    expect(all.length).toBe(1);
    expect(all.join()).not.toContain("s3cret");
  });
});

describe("faults of the way", () => {
  const grid: GridConfig = { provider: "uk-carbon-intensity" };
  it.each<[string, Answer, RegExp]>([
    ["no JSON", { body: "<html>" }, /something that is not JSON/],
    ["another form", { body: { data: "none" } }, /in a form that is not documented \(at data\)/],
    ["nothing in it", { body: { data: [] } }, /has no figures for the time/],
    [
      "a redirect",
      { status: 302, headers: { location: "http://127.0.0.1:1/" }, body: {} },
      /cannot be reached/,
    ],
    ["an odd status", { status: 418, body: {} }, /answered with HTTP 418/],
    ["too much", { body: `"${"x".repeat(9_000_000)}"` }, /more than 8 MB/],
  ])("%s", async (_, answer, message) => {
    const { options } = await serve(() => answer);
    expect((await askAhead(2, options(grid, NOW))).problem).toMatch(message);
  });

  it("no answer in time", async () => {
    const { options } = await serve(() => ({ hang: true }));
    const asked = await askAhead(2, { ...options(grid, NOW), timeoutMs: 60 });
    expect(asked.problem).toBe("NESO Carbon Intensity API did not answer within 0.06 s; try again later");
  });

  it("nobody there", async () => {
    const { options, close } = await serve(() => undefined);
    await close();
    service = undefined;
    expect((await askAhead(2, options(grid, NOW))).problem).toMatch(/cannot be reached \(ECONNREFUSED\)/);
  });

  it("every provider has a name, a licence and words on its place", () => {
    for (const { label, licence, placeHelp, baseUrl, local } of PROVIDERS) {
      expect([label, licence, placeHelp].every((text) => text.length > 3)).toBe(true);
      expect(local === true || baseUrl.startsWith("https://")).toBe(true);
    }
  });
});
