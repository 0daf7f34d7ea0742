import { expect, test } from "vitest";
import { gpuShare } from "../../../src/energy/gpu-share.ts";

const share = (weights: [number, number][], run: number[], inContainer = false, ownNumbers?: boolean) =>
  gpuShare({ weights: new Map(weights), basis: "utilisation", ownNumbers }, new Set(run), inContainer);

test.each([
  [
    "two processes of which one is the run's",
    [
      [1, 60],
      [2, 20],
    ],
    [2],
    0.25,
  ],
  [
    "both are the run's",
    [
      [1, 60],
      [2, 20],
    ],
    [1, 2, 3],
    1,
  ],
  ["another's alone", [[1, 60]], [2], 0],
  ["nobody's: what it uses at rest is not the run's", [], [2], 0],
  [
    "on it, without weights",
    [
      [1, 0],
      [2, 0],
    ],
    [2],
    0.5,
  ],
] as [string, [number, number][], number[], number][])("%s", (_name, weights, run, expected) => {
  expect(share(weights, run)).toBe(expected);
});

test("in a container the host's numbers say nothing, unless the run's own are among them", () => {
  expect(share([[3_900_123, 60]], [2], true)).toBeUndefined();
  expect(
    share(
      [
        [3_900_123, 60],
        [2, 60],
      ],
      [2],
      true,
    ),
  ).toBe(0.5);
  expect(share([[77, 60]], [2], true, true)).toBe(0);
});
