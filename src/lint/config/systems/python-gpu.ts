/** The GPU that a program names. */

import type { ServingFact } from "../../facts.ts";
import type { PythonFacts } from "../../python/python-facts.ts";

type Gpu = { accelerator?: ServingFact["accelerator"] };

/** Looked up once for a program: each of its calls may ask. */
const gpus = new WeakMap<PythonFacts, Gpu>();

/** The one GPU or instance type that the program's strings name. */
export function gpuOf(facts: PythonFacts): Gpu {
  const known = gpus.get(facts);
  if (known !== undefined) return known;
  const types = facts.strings.filter(({ value }) => /^ml\.(g|p)\d\w*\.\w+$/.test(value));
  const [first] = types;
  const gpu: Gpu =
    first === undefined || types.some(({ value }) => value !== first.value)
      ? {}
      : { accelerator: { kind: first.value, range: first.range } };
  gpus.set(facts, gpu);
  return gpu;
}
