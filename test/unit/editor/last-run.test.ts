import { describe, expect, it } from "vitest";
import { lastRunLenses, runsFile } from "../../../src/editor/lens/last-run.ts";
import type { TrainingLine } from "../../../src/editor/lens/training-lines.ts";
import { untranslated as t } from "../../../src/editor/words.ts";
import type { Mark, RunSummary } from "../../../src/energy/run.ts";
import { NOW, quantity, sampleRun } from "./sample-run.ts";

const FILE = "/project/train.py";
const ended = (change: Partial<RunSummary> = {}): RunSummary =>
  sampleRun({ state: "finished", exitCode: 0, ...change });
const before = ended({
  id: "01JD7Q0000000000000000000B",
  startedAt: NOW - 5_000_000,
  energy: quantity("J", 60_000),
});
const trains = (line: number): TrainingLine => ({ line, kind: "fit" });
const main = (line: number): TrainingLine => ({ line, kind: "main" });
const lenses = (lines: TrainingLine[], runs: RunSummary[]) => lastRunLenses(FILE, lines, runs, t);
const titles = (lines: TrainingLine[], runs: RunSummary[]) =>
  lenses(lines, runs).map(({ line, title }) => `${line}: ${title}`);
const trained = (line: number, from: number, to: number, file = FILE): Mark[] => [
  { at: from, kind: "phase", name: "train", source: "keras", file, line, energy: from },
  { at: to, kind: "epoch", index: 1, source: "keras", energy: to },
  { at: to, kind: "phase", name: "after training", source: "keras", energy: to },
];

describe("the last run over a training call", () => {
  it("says energy, CO2e, duration and the change against the run before", () => {
    const [lens] = lenses([trains(4)], [ended(), before]);
    expect(lens).toMatchObject({ line: 4, run: ended().id });
    expect(lens!.title).toBe("Last run 13.2 Wh · 5.60 g CO2e · 13 min · -21 %");
    expect(lens!.tooltip).toMatch(
      /^13\.2 Wh \(13\.0 to 13\.4 Wh\): RAPL package \(powercap\)\nCO2e .*\n-21 % energy against the run before/,
    );
    expect(lens!.tooltip).toMatch(/Opens the run in the dashboard$/);
  });

  it("stands over the only training line, else over the main guard, else over the first", () => {
    const at = (lines: TrainingLine[]) => lenses(lines, [ended()]).map(({ line }) => line);
    expect(at([trains(4), main(9)])).toEqual([4]);
    expect(at([trains(4), trains(6), main(9)])).toEqual([9]);
    expect(at([trains(4), trains(6)])).toEqual([4]);
    expect(at([])).toEqual([]);
  });

  it("gives each line its part where the hooks saw it begun", () => {
    const marks = [
      ...trained(5, 0, 11_880),
      ...trained(7, 11_880, 47_520),
      ...trained(3, 0, 9, "/project/other.py"),
    ];
    expect(titles([trains(4), trains(6), main(9)], [ended({ marks, grid: undefined })])).toEqual([
      "6: Last run 13.2 Wh · 13 min · 75 % of it in this line",
      "4: 3.30 Wh, 25 % of the last run",
    ]);
    // The file has changed since: nothing trains at that line any more.
    expect(titles([main(9)], [ended({ marks, grid: undefined })])).toEqual(["9: Last run 13.2 Wh · 13 min"]);
  });

  it("is that of this file, not live, and metered; how it ended is said", () => {
    expect(titles([trains(4)], [sampleRun(), ended({ state: "failed", exitCode: 1 })])[0]).toMatch(
      / · failed$/,
    );
    expect(titles([trains(4)], [sampleRun()])).toEqual([]);
    expect(titles([trains(4)], [ended({ argv: ["python", "other.py"] })])).toEqual([]);
    expect(titles([trains(4)], [ended({ meters: [] })])).toEqual([]);
    expect(runsFile({ argv: ["python", "../project/train.py"], cwd: "/project" }, FILE)).toBe(true);
    expect(runsFile({ argv: ["python", "-m", "train"], cwd: "/project" }, FILE)).toBe(false);
  });
});
