import { describe, expect, it } from "vitest";
import { compareForPage } from "../../../../src/editor/dashboard/comparison.ts";
import {
  runBefore,
  runDetailOf,
  runRowOf,
  seriesPieceOf,
  steadySymbol,
} from "../../../../src/editor/dashboard/dashboard-view.ts";
import { SeriesSender } from "../../../../src/editor/dashboard/series-sender.ts";
import { dashboardStrings } from "../../../../src/editor/dashboard/strings.ts";
import { contentSecurityPolicy, pageHtml } from "../../../../src/editor/page/html.ts";
import { untranslated } from "../../../../src/editor/words.ts";
import { comparison, runDetail, runRow, seriesPiece } from "../../../../webview/protocol.ts";
import { history, interruptedRun, liveRun, longRun, makeRun, NOW } from "../../../browser/dashboard/runs.ts";
import { sampleRun } from "../sample-run.ts";

const strings = dashboardStrings(untranslated);
const options = () => ({ strings, locale: "en-GB", symbols: new Map<string, string>() });

describe("a run's views", () => {
  it("fit the protocol, for every kind of run", () => {
    for (const { summary, series } of [liveRun(), interruptedRun(), longRun(), ...history(3)]) {
      expect(runDetail.safeParse(runDetailOf(summary, options())).error).toBeUndefined();
      expect(runRow.safeParse(runRowOf(summary, undefined, null, options())).error).toBeUndefined();
      const piece = seriesPieceOf(summary, series, 0, series.t.length, true);
      expect(seriesPiece.safeParse(JSON.parse(JSON.stringify(piece))).error).toBeUndefined();
    }
  });

  it("hold the epochs with their energy, and the forecast of a live run or why there is none", () => {
    const { summary } = liveRun();
    const detail = runDetailOf(summary, options());
    expect(detail.epoch).toEqual({ index: 14, total: 40 });
    expect(detail.epochs).toHaveLength(14);
    expect(detail.epochs[0]).toMatchObject({ index: 1, label: "1", perThousand: null });
    expect(detail.forecast).toMatchObject({
      text: expect.stringMatching(/^≈\d+ Wh$/),
      range: expect.stringMatching(/^\d+ to \d+ Wh · ≈\d+ g CO2e \(\d+ to \d+ g\)$/),
      note: "14 of 40 epochs done",
    });
    const with_ = (change: object) => ({
      ...summary,
      marks: summary.marks.map((mark) => (mark.kind === "epoch" ? { ...mark, ...change } : mark)),
    });
    expect(runDetailOf(with_({ total: undefined }), options()).forecast).toEqual({
      why: "none: the command does not say how many epochs there will be",
    });
    // An epoch of many steps is forecast by them.
    const watts = summary.energy.value / summary.duration;
    const steps = summary.marks.flatMap((mark) =>
      mark.kind === "epoch" ? { ...mark, kind: "step" as const, energy: mark.at * watts } : [],
    );
    expect(runDetailOf({ ...summary, marks: steps }, options()).forecast).toMatchObject({
      text: expect.stringMatching(/^≈\d+ Wh$/),
      note: "14 of 40 steps done",
    });
    expect(runDetailOf(with_({ samples: 60_000 }), options()).epochs[0]!.perThousand).toMatch(/Wh$/);
    expect(runDetailOf({ ...summary, state: "finished" }, options()).forecast).toBeNull();
    expect(runDetailOf({ ...summary, marks: [] }, options()).forecast).toBeNull();
  });

  it("name the basis of CO2e, and leave it out where the zone is not set", () => {
    const known = runDetailOf(sampleRun(), options());
    expect(known.zone).toBe("342 g/kWh, Germany, yearly 2024, Ember, location-based, PUE 1.24");
    expect(known.gramsPerJoule! * 47_520).toBeCloseTo(known.footprint!.value, 9);
    const unknown = runDetailOf(sampleRun({ grid: undefined }), options());
    expect([unknown.footprint, unknown.gramsPerJoule, unknown.zone]).toEqual([null, null, null]);
  });

  it("say how a run ended, with its exit code or signal", () => {
    const outcome = (change: Parameters<typeof sampleRun>[0]) =>
      runRowOf(sampleRun(change), undefined, null, options()).outcome;
    expect(outcome({ state: "failed", exitCode: 3 })).toBe("failed, exit code 3");
    expect(outcome({ state: "failed", signal: "SIGSEGV" })).toBe("failed, SIGSEGV");
    expect(outcome({ state: "interrupted" })).toBe("interrupted");
  });

  it("tell where each component's number comes from", () => {
    const [meter] = runDetailOf(sampleRun(), options()).meters;
    expect(Object.fromEntries(meter!.provenance)).toMatchObject({
      covers: "CPU package 0",
      "the run's part": "share of busy CPU time",
      meter: "powercap:intel-rapl:0",
    });
    expect(meter!.share).toBe(1);
  });

  it("say of a run that no meter read that it was not metered, not that it took nothing", () => {
    const none = { ...sampleRun().energy, value: 0, low: 0, high: 0 };
    const run = sampleRun({ energy: none, machineEnergy: none, meters: [], coverage: 0, power: null });
    const detail = runDetailOf(run, options());
    expect([detail.energy.text, detail.energy.range, detail.meanPower, detail.footprint]).toEqual([
      "not metered",
      "",
      null,
      null,
    ]);
  });

  it("write an unread point as null", () => {
    const run = makeRun({
      seconds: 10,
      meters: ["cpu"],
      startedAt: NOW,
      gaps: [{ from: 3, to: 5, reason: "unreadable" }],
    });
    const { values } = seriesPieceOf(run.summary, run.series, 0, 10, true).rows[0]!;
    expect(values.map((value) => value === null)).toEqual([0, 0, 0, 1, 1, 0, 0, 0, 0, 0].map(Boolean));
  });
});

describe("the unit of a live figure", () => {
  it("stays until the number is hard to read in it", () => {
    expect(steadySymbol("J", 3600 * 12)).toBe("Wh");
    expect(steadySymbol("J", 3600 * 1200, "Wh")).toBe("Wh");
    expect(steadySymbol("J", 3600 * 12_000, "Wh")).toBe("kWh");
    expect(steadySymbol("J", 3.6 * 900, "Wh")).toBe("Wh");
    expect(steadySymbol("W", 0, "kW")).toBe("kW");
  });
});

describe("against the run before", () => {
  const older = sampleRun({ id: "A", state: "finished", exitCode: 0, startedAt: 1 });
  const newer = sampleRun({ id: "B", state: "finished", exitCode: 0, startedAt: 3 });

  it("is the latest ended run of the same name and folder", () => {
    const others = [
      older,
      sampleRun({ id: "C", state: "running", startedAt: 2 }),
      sampleRun({ id: "D", state: "finished", startedAt: 2, name: "other.py" }),
      sampleRun({ id: "E", state: "finished", startedAt: 2, folder: "/elsewhere" }),
      sampleRun({ id: "F", state: "finished", startedAt: 4 }),
    ];
    expect(runBefore(newer, [newer, ...others])?.id).toBe("A");
    expect(runBefore(older, [newer, ...others])).toBeUndefined();
  });

  it("has the change, its sentence and what forbids a conclusion", () => {
    const less = { ...newer, energy: { ...newer.energy, value: 40_000, low: 39_400, high: 40_600 } };
    const { change } = runRowOf(less, older, null, options());
    expect(change).toMatchObject({ text: "-16 %", flags: [] });
    expect(change!.sentence).toBe("-16 % energy against the run before (13.2 to 11.1 Wh), same command");
    const modelled = sampleRun({ ...newer, energy: { ...newer.energy, method: "modelled" } });
    expect(runRowOf(modelled, older, null, options()).change!.flags).toContain(
      "different methods: measured before, modelled after",
    );
  });

  it("is left out while the run goes on", () => {
    expect(runRowOf({ ...newer, state: "running" }, older, null, options()).change).toBeNull();
  });

  it("puts the older run first, whichever was ticked first", () => {
    const found = compareForPage(newer, older, strings);
    expect([found.a, found.b]).toEqual(["A", "B"]);
    expect(comparison.safeParse(found).error).toBeUndefined();
    expect(found.rows.find((row) => row.term === "CO2e basis")?.difference).toBe("same");
  });
});

describe("SeriesSender", () => {
  const { summary, series } = liveRun();
  const cut = (count: number) => ({
    t: series.t.slice(0, count),
    energy: series.energy.slice(0, count),
    watts: series.watts.map((row) => ({ ...row, values: row.values.slice(0, count) })),
  });
  const spans = (sender: SeriesSender, points: ReturnType<typeof cut>, run = summary) =>
    sender.pieces(run, points).map((piece) => [piece.from, piece.t.length, piece.complete]);

  it("sends only what is new, and nothing when nothing is", () => {
    const sender = new SeriesSender();
    expect(spans(sender, cut(100))).toEqual([[0, 100, true]]);
    expect(spans(sender, cut(100))).toEqual([]);
    expect(spans(sender, cut(103))).toEqual([[100, 3, true]]);
    sender.reset();
    expect(spans(sender, cut(103))).toEqual([[0, 103, true]]);
  });

  it("cuts a long history into pieces of which only the last completes it", () => {
    const long = longRun();
    const found = new SeriesSender().pieces(long.summary, long.series);
    expect(found.length).toBe(8);
    expect(found.map((piece) => piece.complete)).toEqual([...new Array(7).fill(false), true]);
  });

  it("begins again for another run, and for another set of meters", () => {
    const sender = new SeriesSender();
    spans(sender, cut(10));
    expect(spans(sender, cut(12), { ...summary, id: "other" })).toEqual([[0, 12, true]]);
    const fewer = cut(13);
    fewer.watts.pop();
    expect(spans(sender, fewer, { ...summary, id: "other" })).toEqual([[0, 13, true]]);
  });

  it("sends a thinned series again only when a pixel's worth of time has passed", () => {
    const sender = new SeriesSender();
    const thinned = (end: number) => ({ ...cut(4), t: [1, end / 3, end / 2, end] });
    expect(spans(sender, thinned(10_000))).toHaveLength(1);
    expect(spans(sender, thinned(10_001))).toEqual([]);
    expect(spans(sender, thinned(10_011))).toEqual([[0, 4, true]]);
    expect(spans(sender, thinned(10_012), { ...summary, state: "finished" })).toEqual([[0, 4, true]]);
  });

  it("says of an empty run that this is all", () => {
    expect(spans(new SeriesSender(), cut(0))).toEqual([[0, 0, true]]);
  });
});

describe("the page's HTML", () => {
  it("allows its own script and style, and nothing else", () => {
    expect(contentSecurityPolicy("https://host", "abc")).toBe(
      "default-src 'none'; script-src 'nonce-abc'; " +
        "style-src https://host 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; font-src https://host",
    );
  });

  it("escapes what it is given", () => {
    const html = pageHtml({
      cspSource: "x",
      scriptUri: 'a"b',
      styleUri: "s",
      nonce: "n",
      title: "<i>",
      language: "en",
      loading: "&",
    });
    expect(html).toContain('src="a&quot;b"');
    expect(html).toContain("<title>&lt;i&gt;</title>");
    expect(html).not.toMatch(/unsafe-inline|style="/);
  });
});
