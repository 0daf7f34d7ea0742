import { describe, expect, it } from "vitest";
import type { WaitingRun } from "../../../src/carbon/schedule/waiting-run.node.ts";
import { UnitKeeper } from "../../../src/editor/runs/run-text.ts";
import { changesIn, JUST_ENDED_SECONDS, statusText } from "../../../src/editor/status/status-text.ts";
import { escapeMarkdown, statusTooltip, waitingTooltip } from "../../../src/editor/status/status-tooltip.ts";
import { untranslated as t } from "../../../src/editor/words.ts";
import type { RunSummary } from "../../../src/energy/run.ts";
import { NOW, quantity, sampleRun } from "./sample-run.ts";

const status = (
  runs: RunSummary[],
  options: { now?: number; since?: number; over?: boolean; units?: UnitKeeper } = {},
) =>
  statusText(
    { runs, now: options.now ?? NOW, since: options.since, isOverBudget: () => options.over ?? false, t },
    options.units ?? new UnitKeeper(),
  );

const ended = (change: Partial<RunSummary>) =>
  sampleRun({
    endedAt: NOW - 60_000,
    duration: 2_460,
    energy: quantity("J", 137_160),
    power: null,
    ...change,
  });

describe("a waiting run", () => {
  const waiting = (change: Partial<WaitingRun> = {}): WaitingRun => ({
    v: 1,
    run: "W",
    name: "train.py",
    host: "h",
    pid: 1,
    start: NOW + 3 * 3_600_000,
    deadline: NOW + 8 * 3_600_000,
    saving: { value: 0.23, low: 0.12, high: 0.31 },
    basis: "",
    ...change,
  });
  const show = (runs: RunSummary[], list: WaitingRun[]) =>
    statusText({ runs, now: NOW, waiting: list, isOverBudget: () => false, t }, new UnitKeeper());

  it("is said where none is live, with saving and range for who hears it, also after one that just ended", () => {
    const shown = show([ended({ state: "finished" })], [waiting()]);
    expect(shown?.text).toMatch(/^\$\(watch\) train\.py waits until .*\d\d:\d\d/);
    expect(shown?.accessible).toMatch(/which saves 23 % \(12 % to 31 %\) of the CO2e; done before /);
    expect(shown && changesIn(shown, NOW)).toBeUndefined();
    expect(waitingTooltip([waiting({ name: "[x](command:evil)" })], NOW, t)).not.toContain("](command:evil)");
  });

  it("gives way to a live one, and counts where there are several", () => {
    expect(show([sampleRun()], [waiting()])?.text).toMatch(/^\$\(pulse\)/);
    expect(show([], [waiting(), waiting({ run: "X" })])?.text).toMatch(
      /^\$\(watch\) 2 runs wait, the next until /,
    );
  });
});

describe("statusText", () => {
  it("says nothing where there is nothing to say", () => {
    expect(status([])).toBeUndefined();
  });

  it("shows a live measured run with energy, carbon and power", () => {
    const shown = status([sampleRun()]);
    expect(shown?.text).toBe("$(pulse) 13.2 Wh · 5.60 g · 212 W");
    expect(shown?.warning).toBe(false);
    expect(shown?.accessible).toContain("train.py running");
    expect(shown?.accessible).toContain("measured: RAPL package");
    expect(shown?.accessible).toContain("power now 212 W");
  });

  it("marks a modelled run as approximate, with two digits", () => {
    const run = sampleRun({ power: quantity("W", 85.3, "modelled") }, "modelled");
    expect(status([run])?.text).toBe("$(pulse) ≈13 Wh · ≈5.6 g · ≈85 W");
  });

  it("leaves carbon out while the zone is not known, and says so to a screen reader", () => {
    const shown = status([sampleRun({ grid: undefined })]);
    expect(shown?.text).toBe("$(pulse) 13.2 Wh · 212 W");
    expect(shown?.accessible).toContain("grid zone is not known");
  });

  it("adds several live runs up", () => {
    const shown = status([sampleRun({ id: "b" }), sampleRun(), ended({ id: "c", state: "finished" })]);
    expect(shown?.text).toBe("$(pulse) 2 runs · 26.4 Wh · 11.2 g");
    expect(shown?.runs.map((run) => run.id)).toEqual(["b", "01JD7Q0000000000000000000A"]);
  });

  it("gives several runs no carbon sum when one has no zone", () => {
    expect(status([sampleRun({ id: "b", grid: undefined }), sampleRun()])?.text).toBe(
      "$(pulse) 2 runs · 26.4 Wh",
    );
  });

  it("shows a run that has just ended, for ten minutes", () => {
    const run = ended({ state: "finished", exitCode: 0 });
    const shown = status([run]);
    expect(shown?.text).toBe("$(check) 38.1 Wh · 16.2 g · 41 min");
    expect(changesIn(shown!, NOW)).toBe(JUST_ENDED_SECONDS * 1000 - 60_000);
    expect(status([run], { now: NOW + JUST_ENDED_SECONDS * 1000 })).toBeUndefined();
  });

  it("does not bring up old news when a window opens", () => {
    expect(status([ended({ state: "finished" })], { since: NOW - 30_000 })).toBeUndefined();
  });

  it("keeps and shows the energy of failed, interrupted and stopped runs", () => {
    const failed = status([ended({ state: "failed", exitCode: 3 })]);
    expect(failed?.text).toBe("$(error) 38.1 Wh · 16.2 g · 41 min");
    expect(failed?.accessible).toContain("failed, exit code 3");
    const killed = status([ended({ state: "failed", exitCode: null, signal: "SIGKILL" })]);
    expect(killed?.accessible).toContain("failed, signal SIGKILL");
    const interrupted = status([ended({ state: "interrupted", stateReason: "the runner is gone" })]);
    expect(interrupted?.text).toMatch(/^\$\(debug-disconnect\) 38\.1 Wh/);
    expect(interrupted?.accessible).toContain("the runner is gone");
    expect(status([ended({ state: "stopped" })])?.text).toMatch(/^\$\(circle-slash\) /);
  });

  it("prefers a live run to one that has just ended", () => {
    expect(status([ended({ id: "z", state: "failed" }), sampleRun()])?.text).toMatch(/^\$\(pulse\)/);
  });

  it("warns only when a live run is over its budget", () => {
    expect(status([sampleRun()], { over: true })?.warning).toBe(true);
    expect(status([ended({ state: "finished" })], { over: true })?.warning).toBe(false);
  });

  it("keeps the unit of a run while it is shown", () => {
    const units = new UnitKeeper();
    const at = (joules: number) =>
      status([sampleRun({ energy: quantity("J", joules), grid: undefined })], { units })?.text;
    expect(at(0)).toContain("0 Wh");
    expect(at(3_000)).toContain("833 mWh");
    expect(at(3_700)).toContain("1030 mWh");
    expect(at(3_000)).toContain("mWh");
    expect(at(40_000)).toContain("11.1 Wh");
  });
});

describe("statusTooltip", () => {
  it("gives components, method, range, basis and what is not covered", () => {
    const tooltip = statusTooltip([sampleRun()], t);
    expect(tooltip.replaceAll("\u00a0", " ")).toContain(
      "| CPU package 0 | 13\\.2 Wh&nbsp;&nbsp; | 13\\.0 to 13\\.4 Wh | measured |",
    );
    expect(tooltip).toContain("342 g/kWh, Germany, yearly 2024, Ember, location\\-based, PUE 1\\.24");
    expect(tooltip).toContain("Not measured: disk, network, display");
    expect(tooltip).toContain("(command:fairwatt.stopRun?");
  });

  it("offers the zone and the meters where they are missing", () => {
    const tooltip = statusTooltip([sampleRun({ grid: undefined }, "modelled")], t);
    expect(tooltip).toContain("(command:fairwatt.chooseZone)");
    expect(tooltip).toContain("(command:fairwatt.checkMeters)");
  });

  it("forecasts a run that tells its epochs, or says why it does not", () => {
    const run = sampleRun();
    const step = run.duration / 5;
    const epochs = (count: number, total?: number, kind: "epoch" | "step" = "epoch") =>
      Array.from({ length: count }, (_, order) => ({
        at: (order + 1) * step,
        kind,
        index: order + 1,
        energy: (run.energy.value / 5) * (order + 1),
        ...(total !== undefined && { total }),
      }));
    const clock = (at: number) => `+${Math.round((at - run.startedAt) / 1000)} s`;
    const said = (marks: ReturnType<typeof epochs>) =>
      statusTooltip([{ ...run, marks }], t, clock).replace(/\\(.)/g, "$1");
    const text = said(epochs(4, 10));
    expect(text).toMatch(/Forecast: ≈26 Wh \(\d+ to \d+ Wh\), ≈\d+ g CO2e \(.*\), done \+/);
    expect(text).toContain(`done +${Math.round(run.duration * 2)} s (`);
    expect(text).toContain("; 4 of 10 epochs done");
    expect(said(epochs(1, 10))).toContain("Forecast: begins with the second epoch");
    expect(said(epochs(4))).toContain("does not say how many epochs there will be");
    expect(said([])).not.toContain("Forecast");
    // Within one epoch, by its steps.
    expect(said(epochs(5, 500, "step"))).toMatch(/Forecast: ≈\S+ k?Wh .*; 5 of 500 steps done/);
    expect(said(epochs(3, 500, "step"))).toContain("Forecast: begins after the first steps");
  });

  it("offers a report in place of a stop for a run that has ended", () => {
    const run = ended({ state: "finished" });
    const tooltip = statusTooltip([run], t);
    expect(tooltip).not.toContain("stopRun");
    expect(tooltip).toContain(
      `(command:fairwatt.generateReport?${encodeURIComponent(JSON.stringify([run.id]))})`,
    );
    expect(statusTooltip([sampleRun()], t)).not.toContain("generateReport");
  });

  it("lists several runs", () => {
    expect(statusTooltip([sampleRun({ id: "b", name: "eval.py" }), sampleRun()], t)).toContain("eval\\.py");
  });

  it("lets no name become a link, a cell or a tag", () => {
    const hostile = "[x](command:workbench.action.quit) | <img src=x> `a` **b**\n# c";
    const escaped = escapeMarkdown(hostile);
    expect(escaped).not.toMatch(/(^|[^\\])[[\]()|`*#]/);
    expect(escaped).not.toMatch(/[<\n]/);
    expect(statusTooltip([sampleRun({ name: hostile })], t)).toContain(escaped);
  });
});
