import { describe, expect, it } from "vitest";
import { pickPoints, totalsOf } from "../../../webview/charts/decimate.ts";
import { byComponent, energyAt, SeriesBuffer } from "../../../webview/charts/series-buffer.ts";
import { toCsv } from "../../../webview/charts/table.ts";
import { mix, parseColour, withAlpha } from "../../../webview/charts/theme.ts";
import { epochStep, timeEnd, timeStep, timeTick } from "../../../webview/charts/time-axis.ts";
import type { SeriesPiece } from "../../../webview/protocol.ts";
import { sparklinePath } from "../../../webview/ui/sparkline.ts";

const piece = (from: number, values: (number | null)[], change: Partial<SeriesPiece> = {}): SeriesPiece => ({
  run: "A",
  from,
  complete: true,
  t: values.map((_, i) => from + i + 1),
  energy: values.map((_, i) => (from + i + 1) * 10),
  rows: [{ id: "cpu", label: "CPU", component: "cpu", method: "measured", low: 0.98, high: 1.02, values }],
  ...change,
});

describe("thinning", () => {
  it("keeps everything while there is room", () => {
    expect(pickPoints([1, 2, null], 10)).toEqual([0, 1, 2]);
  });

  it("keeps a spike of one second in ten hours, both ends, and no more points than asked for", () => {
    const totals = new Array<number>(36_000).fill(200);
    totals[17_321] = 900;
    totals[29_000] = 3;
    const picked = pickPoints(totals, 1_000);
    expect(picked.length).toBeLessThanOrEqual(1_000);
    expect(picked).toEqual(expect.arrayContaining([0, 17_321, 29_000, 35_999]));
    expect(picked).toEqual([...picked].sort((a, b) => a - b));
  });

  it("keeps a gap, so that the line is not drawn across it", () => {
    const totals = new Array<number | null>(10_000).fill(100);
    for (let i = 4_000; i < 4_100; i++) totals[i] = null;
    const picked = pickPoints(totals, 400);
    expect(picked.some((i) => totals[i] === null)).toBe(true);
  });

  it("adds what was read, and is null where nothing was", () => {
    expect(totalsOf([{ values: [1, null, null] }, { values: [2, 3, null] }], 3)).toEqual([3, 3, null]);
  });
});

describe("SeriesBuffer", () => {
  it("joins pieces, and takes a piece from 0 as a new beginning", () => {
    const series = new SeriesBuffer();
    expect(series.apply(piece(0, [1, 2]))).toBe(true);
    expect(series.apply(piece(2, [null, 4]))).toBe(true);
    expect([series.t, series.rows[0]?.values]).toEqual([
      [1, 2, 3, 4],
      [1, 2, null, 4],
    ]);
    expect(series.apply(piece(0, [9]))).toBe(true);
    expect(series.t).toEqual([1]);
  });

  it("refuses what does not join: a hole, another run, other meters, uneven columns", () => {
    const series = new SeriesBuffer();
    series.apply(piece(0, [1, 2]));
    expect(series.apply(piece(3, [4]))).toBe(false);
    expect(series.apply(piece(2, [4], { run: "B" }))).toBe(false);
    expect(series.apply(piece(2, [4], { rows: [] }))).toBe(false);
    expect(series.apply(piece(2, [4], { energy: [] }))).toBe(false);
    expect(series.t).toEqual([1, 2]);
  });

  it("lists components in one order", () => {
    const rows = ["RAM", "GPU 10", "CPU", "GPU 2"].map((label) => ({
      label,
      component: label.startsWith("GPU")
        ? ("gpu" as const)
        : label === "CPU"
          ? ("cpu" as const)
          : ("dram" as const),
    }));
    expect(byComponent(rows).map((row) => row.label)).toEqual(["GPU 2", "GPU 10", "CPU", "RAM"]);
  });
});

describe("energyAt", () => {
  const [t, energy] = [
    [2, 4, 10],
    [20, 60, 120],
  ];
  it("is 0 at the start, exact at points, straight between them, and the last value after them", () => {
    expect([0, 1, 2, 3, 7, 10, 99].map((at) => energyAt(t!, energy!, at))).toEqual([
      0, 10, 20, 40, 90, 120, 120,
    ]);
    expect(energyAt([], [], 5)).toBe(0);
  });
});

describe("the time axis", () => {
  it("counts in steps a person counts in", () => {
    expect([7, 60, 751, 36_000, 864_000].map((seconds) => timeStep(seconds, 8))).toEqual([
      1, 10, 120, 7200, 172_800,
    ]);
    expect([0, 30, 90, 120, 3600, 5400].map(timeTick)).toEqual([
      "0",
      "30 s",
      "1:30",
      "2 min",
      "1 h",
      "1:30 h",
    ]);
  });

  it("ends at the run's end, and while it runs at the next tick, so that it does not move each second", () => {
    expect(timeEnd(751, false)).toBe(751);
    expect(new Set([721, 750, 780, 839].map((seconds) => timeEnd(seconds, true)))).toEqual(new Set([840]));
    expect(timeEnd(3, true)).toBe(20);
  });

  it("labels epochs by 1, 2, 5, 10, ...", () => {
    expect([10, 30, 40, 120, 700].map((epochs) => epochStep(epochs, 16))).toEqual([1, 2, 5, 10, 50]);
  });
});

describe("small things", () => {
  it("quotes CSV by RFC 4180 and leaves unread cells empty", () => {
    expect(toCsv(["a", 'b "c", d'], [[1, null]])).toBe('a,"b ""c"", d"\r\n1,\r\n');
  });

  it("reads the colour notations that themes use", () => {
    expect(parseColour("#1a85ff")).toEqual([26, 133, 255, 1]);
    expect(parseColour("#fff8")[3]).toBeCloseTo(0.53, 2);
    expect(parseColour("rgba(1, 2, 3, 0.5)")).toEqual([1, 2, 3, 0.5]);
    expect(parseColour("tomato")).toEqual([0, 0, 0, 1]);
    expect(mix("#ffffff", "#000000", 0.5)).toBe("rgb(128, 128, 128)");
    expect(withAlpha("#000000", 0.2)).toBe("rgba(0, 0, 0, 0.2)");
  });

  it("draws a sparkline from zero, and nothing from one point", () => {
    expect(sparklinePath([5])).toBe("");
    expect(sparklinePath([0, 10], 10, 12)).toBe("M0.0 11.0L10.0 1.0");
    expect(sparklinePath([0, 0], 10, 12)).toBe("M0.0 11.0L10.0 11.0");
  });
});
