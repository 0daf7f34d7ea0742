import { expect, test } from "vitest";
import { visibleGpus } from "../../../../src/energy/meters/cuda-visible.ts";

const gpus = [
  { uuid: "GPU-aa11", name: "A", mig: [] },
  { uuid: "GPU-aa22", name: "A", mig: ["MIG-77"] },
  { uuid: "GPU-bb33", name: "A", mig: [] },
];
const visible = (list: string | undefined) =>
  visibleGpus(gpus, { CUDA_VISIBLE_DEVICES: list }).visible.map(Number).join("");

test.each([
  [undefined, "111"],
  ["", "000"],
  ["-1", "000"],
  ["NoDevFiles", "000"],
  ["0", "100"],
  ["2,0", "101"],
  ["0, 2", "101"],
  ["0,2,-1,1", "101"],
  ["0,7,1", "100"],
  ["GPU-bb33", "001"],
  ["GPU-b", "001"],
  ["GPU-aa", "000"],
  ["GPU-aa1,GPU-bb", "101"],
  ["MIG-77", "010"],
  ["MIG-GPU-aa11/1/0", "100"],
  ["MIG-unknown", "000"],
])("CUDA_VISIBLE_DEVICES=%s", (list, expected) => {
  expect(visible(list)).toBe(expected);
});
