/** TorchServe's model-config.yaml. Source: TorchServe documentation, model configuration and vLLM engine handler (2026). */

import type { ServingFact } from "../../facts.ts";
import { at, entriesOf, entryOf, scalarAt, textAt } from "../tree.ts";
import type { ServingSystem } from "./system.ts";
import { factOfMap } from "./tree-fact.ts";

/** What handlers of TorchServe's examples call it. */
const PRECISION = ["amp", "dtype", "dtype_str", "torch_dtype"];

export const torchserve: ServingSystem = {
  name: "torchserve",
  title: "TorchServe",
  servesLanguageModels: true,
  quantizationKeys: ["quantization", "load-in-8bit", "load-in-4bit", "quantize"],
  dtypeKeys: ["dtype", "dtype-str"],
  fromTree(root, context) {
    const own = [
      "minWorkers",
      "maxWorkers",
      "batchSize",
      "maxBatchDelay",
      "responseTimeout",
      "deviceType",
    ].filter((key) => entryOf(root, key) !== undefined);
    if (own.length < 2) return [];
    const handler = at(root, "handler");
    const engine = at(handler, "vllm_engine_config");
    const node = engine ?? handler ?? { kind: "map" as const, entries: [], range: root.range, flow: false };
    // A handler of its own may choose the precision: it is known of vLLM's engine, and where 16 bits are asked for here.
    const says16Bits = PRECISION.some((key) =>
      /^(?:b?f(?:loat|p)?16|half)$/.test(textAt(handler, key) ?? ""),
    );
    const model =
      engine !== undefined
        ? (scalarAt(handler, "model_path") ?? scalarAt(engine, "model"))
        : says16Bits
          ? (scalarAt(handler, "model_path") ?? scalarAt(handler, "model_name"))
          : undefined;
    const made = factOfMap({ system: "torchserve", node, model, root, text: context.text });
    const batching: Map<string, { value: string; range: { start: number; end: number } }> = new Map();
    for (const entry of entriesOf(root))
      if (/^(batchSize|maxBatchDelay)$/.test(entry.key) && entry.value.kind === "scalar")
        batching.set(entry.key, { value: entry.value.value, range: entry.value.range });
    const device = scalarAt(root, "deviceType");
    const fact: ServingFact = { ...made, batching };
    return [
      device !== undefined && /gpu/i.test(device.value)
        ? { ...fact, accelerator: { range: device.range } }
        : fact,
    ];
  },
};
