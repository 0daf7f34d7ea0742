import { describe, expect, it } from "vitest";
import { type Stretch, withEnergy } from "../../../src/energy/mark-energy.ts";
import type { Mark } from "../../../src/energy/run.ts";

const steps = (watts: number[]): Stretch[] => watts.map((joules, from) => ({ from, to: from + 1, joules }));
const epochs = (...times: number[]): Mark[] =>
  times.map((at, index) => ({ at, kind: "epoch", index: index + 1 }));
const energies = (marks: Mark[], hosts: Stretch[][]) => withEnergy(marks, hosts).map(({ energy }) => energy);

describe("energy at marks", () => {
  it("adds up what lies before, evenly within a step", () => {
    expect(energies(epochs(0, 1, 1.5, 3), [steps([100, 200, 50])])).toEqual([0, 100, 200, 350]);
  });

  it("adds hosts, and knows nothing behind the last sample of one", () => {
    const hosts = [steps([100, 100, 100]), steps([10, 10])];
    expect(energies(epochs(1, 2, 2.5), hosts)).toEqual([110, 220, undefined]);
    expect(energies(epochs(1), [steps([100]), []])).toEqual([100]);
    expect(energies(epochs(1), [])).toEqual([undefined]);
  });

  it("is spread over a step that spans a gap", () => {
    const gap = [
      { from: 0, to: 1, joules: 10 },
      { from: 1, to: 11, joules: 100 },
    ];
    expect(energies(epochs(6), [gap])).toEqual([60]);
  });

  it("leaves steps and metrics alone", () => {
    const marks: Mark[] = [
      { at: 1, kind: "step", index: 1 },
      { at: 2, kind: "metric" },
    ];
    expect(withEnergy(marks, [[{ from: 0, to: 4, joules: 8 }]])).toEqual(marks);
  });
});
