import { describe, expect, it } from "vitest";
import { parseInterval } from "../../../src/config/interval.ts";

describe("parseInterval", () => {
  it.each([
    ["1s", 1],
    ["500ms", 0.5],
    ["2 s", 2],
    [" 0.1s ", 0.1],
    ["1min", 60],
    ["1m", 60],
    [".5", 0.5],
    ["3", 3],
    [60, 60],
  ])("%j is %d s", (text, seconds) => {
    expect(parseInterval(text)).toBeCloseTo(seconds, 12);
  });

  it.each(["", "fast", "1h", "-1s", "1s 2s", "1e3s", Number.NaN, Number.POSITIVE_INFINITY])(
    "refuses %j",
    (text) => {
      expect(() => parseInterval(text)).toThrow(/is not an interval; write/);
    },
  );

  it.each(["99ms", "61s", "2min", 0, -1])("refuses %j as out of range", (text) => {
    expect(() => parseInterval(text)).toThrow(/between 100 ms and 60 s/);
  });
});
