import { describe, expect, it } from "vitest";
import { trainingSites } from "../../../src/energy/epoch-sites.ts";
import type { Mark } from "../../../src/energy/run.ts";

const phase = (at: number, name: string, line?: number, file = "/p/train.py"): Mark => ({
  at,
  kind: "phase",
  name,
  source: "sklearn",
  energy: at * 10,
  ...(line !== undefined && { file, line }),
});
const epoch = (at: number): Mark => ({ at, kind: "epoch", index: at, source: "sklearn", energy: at * 10 });

describe("the energy of a call that trains", () => {
  it("is that of all trainings begun there, until their last epoch", () => {
    const marks = [
      phase(1, "MLPClassifier", 7),
      epoch(3),
      phase(4, "after training"),
      phase(5, "MLPClassifier", 7),
      phase(6, "after training"),
      phase(10, "train", 9, "/p/other.py"),
      epoch(12),
    ];
    expect(trainingSites(marks)).toEqual([
      { file: "/p/train.py", line: 7, joules: 30, trainings: 2 },
      { file: "/p/other.py", line: 9, joules: 20, trainings: 1 },
    ]);
  });

  it("is not known of what the command marks itself, and without readings", () => {
    expect(
      trainingSites([
        { at: 1, kind: "phase", name: "train", energy: 0 },
        { ...epoch(2), source: undefined },
      ]),
    ).toEqual([]);
    const { energy: _, ...unread } = phase(1, "train", 7);
    expect(trainingSites([unread, epoch(3)])).toEqual([]);
    expect(trainingSites([])).toEqual([]);
  });
});
