import { describe, expect, it } from "vitest";
import { cellText } from "../../../src/editor/notebook-energy/cell-text.ts";
import type { CellExecution } from "../../../src/energy/cell-energy.ts";
import { sampleRun } from "./sample-run.ts";

const t = (text: string, ...values: unknown[]) => text.replace(/\{(\d)\}/g, (_, at) => String(values[at]));
const run = sampleRun();
const energy = { ...run.energy, value: 3600, low: 3492, high: 3708, method: "measured" as const };
const execution = (more: Partial<CellExecution> = {}): CellExecution => ({
  cell: "a",
  index: 1,
  from: 0,
  to: 10,
  energy,
  ...more,
});

describe("the status bar item of a cell", () => {
  it("has the energy of its execution, and how it is known", () => {
    const said = cellText(execution(), run, 0, t)!;
    expect(said.text).toMatch(/^\$\(zap\) 1\.00? Wh/);
    expect(said.tooltip).toMatch(/measured/);
    expect(said.tooltip).not.toMatch(/are not in it/);
  });

  it("is live while it goes on, and says what came before the measuring", () => {
    const said = cellText(execution({ to: null }), run, 0.44, t)!;
    expect(said.text).toMatch(/^\$\(pulse\)/);
    expect(said.tooltip).toMatch(/the first 0\.4 s are not in it/);
  });

  it("says nothing where nothing is known", () => {
    expect(cellText(execution({ energy: null }), run, 0, t)).toBeUndefined();
  });

  it("has no CO2e without a zone", () => {
    const { grid: _, ...without } = run;
    const said = cellText(execution(), without, 0, t)!;
    expect(said.text).not.toMatch(/ g/);
    expect(said.tooltip).toMatch(/grid zone is not known/);
  });
});
