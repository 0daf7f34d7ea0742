import { describe, expect, it } from "vitest";
import { withName } from "../../../webview/charts/chart-host.ts";
import { clock, metricNames } from "../../../webview/dashboard/epochs.ts";
import { filterRuns, isSortColumn, sortRuns } from "../../../webview/dashboard/sorting.ts";
import { fill, formatMetric, hostMessage, pageMessage, type RunRow } from "../../../webview/protocol.ts";

describe("epochs", () => {
  it("have the metrics that any of them reports, in the order in which they appear", () => {
    expect(metricNames([{ metrics: { loss: 1 } }, { metrics: { loss: 0.5, auc: 0.8 } }])).toEqual([
      "loss",
      "auc",
    ]);
    expect(metricNames([])).toEqual([]);
  });
});

describe("the time at which a run is done", () => {
  const now = new Date(2026, 10, 21, 14, 31).getTime();

  it("is of today, or has its day", () => {
    expect(clock(now + 3_600_000, now, "en-GB")).toBe("15:31");
    expect(clock(now + 24 * 3_600_000, now, "en-GB")).toBe("Sun 14:31");
    expect(clock(now + 20 * 86_400_000, now, "en-GB")).toMatch(/^11 Dec,? 14:31$/);
  });
});

const row = (id: string, change: Partial<RunRow>): RunRow => ({
  id,
  name: id,
  state: "finished",
  outcome: "finished",
  startedAt: 0,
  when: "",
  commit: "",
  duration: 1,
  durationText: "",
  energy: {
    value: 1,
    low: 1,
    high: 1,
    symbol: "Wh",
    text: "",
    range: "",
    method: "measured",
    instrument: "",
    basis: "",
  },
  footprint: null,
  change: null,
  metric: null,
  sparkline: [],
  ledger: null,
  ...change,
});

describe("sorting and filtering", () => {
  const rows = [
    row("a", { startedAt: 1, duration: 5, commit: "beef" }),
    row("b", { startedAt: 2, duration: 9, ledger: "cafe" }),
    row("c", { startedAt: 3, duration: 5, commit: "abba", outcome: "failed, exit code 1" }),
  ];
  const order = (...sorted: Parameters<typeof sortRuns>) => sortRuns(...sorted).map(({ id }) => id);

  it("orders in both directions, newest first among equals, unknown last", () => {
    expect(order(rows, "duration", false)).toEqual(["c", "a", "b"]);
    expect(order(rows, "duration", true)).toEqual(["b", "c", "a"]);
    expect(order(rows, "commit", false)).toEqual(["c", "a", "b"]);
    expect(order(rows, "commit", true)).toEqual(["a", "c", "b"]);
    expect(rows.map(({ id }) => id)).toEqual(["a", "b", "c"]);
  });

  it("takes only columns that exist", () => {
    expect([isSortColumn("energy"), isSortColumn("__proto__"), isSortColumn("nope")]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("finds every word in name, commit or outcome", () => {
    expect(filterRuns(rows, " EXIT abb ").map(({ id }) => id)).toEqual(["c"]);
    expect(filterRuns(rows, "").length).toBe(3);
  });
});

describe("the protocol", () => {
  it("lets through only commands that the page may ask for", () => {
    const command = (name: string) =>
      pageMessage.safeParse({ type: "command", command: name, run: null }).success;
    expect([command("fairwatt.stopRun"), command("workbench.action.quit")]).toEqual([true, false]);
  });

  it("refuses what is no message", () => {
    for (const value of [null, "ready", {}, { type: "ready" }, { type: "select", run: 4 }]) {
      expect(pageMessage.safeParse(value).success).toBe(false);
      expect(hostMessage.safeParse(value).success).toBe(false);
    }
  });

  it("fills strings and writes metrics in four digits", () => {
    expect(fill("{1} of {0}, {2}", 3, "a")).toBe("a of 3, {2}");
    expect([0.3629, 0.363, 12, 0, 0.00001, 2e7].map(formatMetric)).toEqual([
      "0.3629",
      "0.3630",
      "12.00",
      "0",
      "1.000e-5",
      "2.000e+7",
    ]);
  });

  it("adds and removes names of a list once", () => {
    expect(withName(["a"], "b", true)).toEqual(["a", "b"]);
    expect(withName(["a", "b"], "b", true)).toEqual(["a", "b"]);
    expect(withName(["a", "b"], "a", false)).toEqual(["b"]);
  });
});
