import { describe, expect, it } from "vitest";
import { countPattern, LineCounter, unitsIn } from "../../../src/tradeoff/bench/line-counter.ts";

describe("counting in lines", () => {
  it("reads units and latencies out of a match", () => {
    expect(unitsIn("batch of 32", /batch of (\d+)/)).toEqual({ units: 32 });
    expect(unitsIn("GET /predict 200", / 200$/)).toEqual({ units: 1 });
    expect(unitsIn("32 in 12.5 ms", /(?<units>\d+) in (?<ms>[\d.]+)/)).toEqual({
      units: 32,
      seconds: 0.0125,
    });
    expect(unitsIn("took 0.2", /took (?<seconds>.*)/)).toEqual({ units: 1, seconds: 0.2 });
    expect(unitsIn("nothing", /batch/)).toBeNull();
    expect(unitsIn("batch of 0", /batch of (\d+)/)).toBeNull();
    expect(unitsIn("batch of many", /batch of (\w+)/)).toBeNull();
  });

  it("keeps halves of lines, and streams apart", () => {
    const counter = new LineCounter(/done (\d+)/);
    counter.push("done 1\ndo", 1, "stdout");
    counter.push("warning: ", 1.5, "stderr");
    counter.push("ne 2\r\ndone 3\rother\n", 2, "stdout");
    counter.push("done 4", 3, "stderr");
    counter.end(4);
    expect(counter.counts).toEqual([
      { at: 1, units: 1 },
      { at: 2, units: 2 },
      { at: 2, units: 3 },
      { at: 4, units: 4 },
    ]);
    expect(counter.lines).toBe(5);
    expect(counter.unmatched).toBe("other");
  });

  it("counts each line where there is no pattern, and says what is wrong with one", () => {
    const counter = new LineCounter();
    counter.push("a\n\nb\n", 1);
    expect(counter.counts).toHaveLength(2);
    expect(() => countPattern("(")).toThrow(/--count is not a regular expression: .*Unterminated group/);
  });
});
