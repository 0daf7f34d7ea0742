/** Triton's config.pbtxt. Source: Triton documentation, model configuration and optimization (2026). */

import type { ServingFact } from "../../facts.ts";
import { readPbtxt } from "../pbtxt.ts";
import { at, entriesOf, entryOf, itemsOf, type MapNode, maps, scalarAt, textAt } from "../tree.ts";
import type { ServingSystem } from "./system.ts";

const DATA_TYPES: readonly [string, RegExp][] = [
  ["io_data_type", /^(?:input|output)$/],
  ["input_data_type", /^input$/],
];

export const triton: ServingSystem = {
  name: "triton",
  title: "Triton",
  servesLanguageModels: true,
  quantizationKeys: ["quantization", "precision_mode", "load_format", "quantize"],
  dtypeKeys: ["dtype"],
  quantize: {
    name: "quantization",
    value: "fp8",
    capability: 8.9,
    source: "vLLM documentation, FP8 W8A8 (docs.vllm.ai, 2026)",
  },
  fromText(context) {
    const root = readPbtxt(context.text);
    const platform = scalarAt(root, "platform") ?? scalarAt(root, "backend");
    if (platform === undefined && entryOf(root, "input") === undefined) return [];
    return [factOf(root, context.text)];
  },
};

function platformOf(root: MapNode): string | undefined {
  return textAt(root, "backend") ?? textAt(root, "platform");
}

function factOf(root: MapNode, text: string): ServingFact {
  const settings = new Map<
    string,
    { value: string; range: { start: number; end: number }; keyRange: { start: number; end: number } }
  >();
  const put = (name: string, node: ReturnType<typeof scalarAt>, keyRange = node?.range): void => {
    if (node !== undefined && keyRange !== undefined)
      settings.set(name, { value: node.value, range: node.range, keyRange });
  };
  for (const entry of root.entries)
    if (entry.value.kind === "scalar") put(entry.key, entry.value, entry.keyRange);
    else if (!settings.has(entry.key))
      settings.set(entry.key, { value: "{}", range: entry.value.range, keyRange: entry.keyRange });
  let lastParameter: MapNode | undefined;
  // `parameters { key: "dtype" value: { string_value: "auto" } }`, also in a list.
  for (const entry of root.entries.filter((one) => one.key === "parameters"))
    for (const parameter of entry.value.kind === "list" ? itemsOf(entry.value) : [entry.value]) {
      const key = textAt(parameter, "key");
      const value = scalarAt(parameter, "value", "string_value") ?? scalarAt(parameter, "value");
      if (key !== undefined) put(key, value, scalarAt(parameter, "key")?.range);
      if (parameter.kind === "map" && entry.value.kind === "map") lastParameter = parameter;
    }
  const accelerators = entryOf(entryOf(root, "optimization")?.value, "execution_accelerators");
  for (const { node } of maps(
    accelerators?.value ?? { kind: "list", items: [], range: root.range, flow: true },
  )) {
    put("execution_accelerator", scalarAt(node, "name"));
    if (textAt(node, "key") === "precision_mode") put("precision_mode", scalarAt(node, "value"));
  }
  const groups = entriesOf(root).filter((entry) => entry.key === "instance_group");
  for (const { node } of groups.flatMap((group) => [...maps(group.value)]))
    put("instance_kind", scalarAt(node, "kind"));
  const kindsOf = (which: RegExp) =>
    entriesOf(root)
      .filter((entry) => which.test(entry.key))
      .flatMap((entry) => [...maps(entry.value)])
      .map(({ node }) => scalarAt(node, "data_type"));
  for (const [name, which] of DATA_TYPES) {
    const kinds = kindsOf(which);
    put(name, kinds.find((kind) => kind?.value === "TYPE_FP32") ?? kinds[0]);
  }
  if (at(root, "model_transaction_policy", "decoupled") !== undefined)
    put("decoupled", scalarAt(root, "model_transaction_policy", "decoupled"));
  const modelKey = ["model_name", "model_id", "model", "huggingface_id", "hf_model"].find((key) =>
    settings.has(key),
  );
  // A Python backend decides in model.py, unless the engine's own parameters stand here.
  const engine =
    platformOf(root) !== "python" ||
    ["dtype", "gpu_memory_utilization", "max_model_len", "tensor_parallel_size"].some((key) =>
      settings.has(key),
    );
  const model = modelKey === undefined || !engine ? undefined : settings.get(modelKey);
  const count = groups
    .flatMap((group) => [...maps(group.value)])
    .map(({ node }) => Number(textAt(node, "count")))
    .find((n) => n > 0);
  const batching = new Map(
    [...settings]
      .filter(([name]) => /batch/.test(name))
      .map(([name, one]) => [name, { value: one.value, range: one.range }] as const),
  );
  const last = root.entries.at(-1);
  return {
    system: "triton",
    range: (scalarAt(root, "platform") ?? scalarAt(root, "backend") ?? scalarAt(root, "name"))?.range ?? {
      start: 0,
      end: 0,
    },
    ...(model === undefined || model.value.includes("$")
      ? {}
      : { model: { id: model.value, range: model.range } }),
    settings,
    commentedOut: new Map(),
    batching,
    ...(settings.get("instance_kind")?.value === "KIND_GPU"
      ? {
          accelerator: {
            range: settings.get("instance_kind")!.range,
            ...(count === undefined ? {} : { count }),
          },
        }
      : {}),
    insertSetting: (name, value) => {
      const end = lastParameter?.range.end ?? last?.value.range.end ?? text.length;
      const range = { start: end, end };
      if (name === "dynamic_batching") return { range, newText: "\ndynamic_batching { }" };
      if (name === "execution_accelerators") {
        const accelerators = `execution_accelerators {\n  gpu_execution_accelerator : [ {\n    name : "tensorrt"\n    parameters { key: "precision_mode" value: "${value}" }\n  } ]\n}`;
        // A message that stands twice is refused: what is there gets a part more.
        const own = entriesOf(root).find((entry) => entry.key === "optimization")?.value.range;
        if (own === undefined) return { range, newText: `\noptimization { ${accelerators} }` };
        const inside = text.indexOf("{", own.start) + 1;
        return inside <= 0 || inside > own.end
          ? undefined
          : { range: { start: inside, end: inside }, newText: `\n${accelerators}` };
      }
      return {
        range,
        newText: `\nparameters: {\n  key: "${name}"\n  value: { string_value: "${value}" }\n}`,
      };
    },
  };
}
