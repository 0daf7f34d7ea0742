/**
 * OPEA's charts and connectors: parts are called after their server, and the checkpoint stands in them or, for the whole chart,
 * beside them. Source: opea-project, GenAIInfra: helm-charts/common/{vllm,tgi}, GMConnector (2026).
 */

import type { ServingFact } from "../../facts.ts";
import { acceleratorIn } from "../hardware.ts";
import {
  at,
  type ConfigNode,
  type MapNode,
  maps,
  type ScalarNode,
  scalarAt,
  scalars,
  textAt,
} from "../tree.ts";
import { commandWords } from "../tree-commands.ts";
import { factOfLaunch, type ServingSystem } from "./system.ts";
import { VLLM_QUANTIZATION } from "./vllm.ts";

const SERVER = /^(?:vllm|tgi)(?:[-_]?(?:gaudi|rocm|cpu|openvino|nvidia))?$/i;

export const opea: ServingSystem = {
  name: "opea",
  title: "OPEA's server",
  servesLanguageModels: true,
  quantizationKeys: ["quantize", "QUANTIZE", "QUANTIZATION", "QUANT_CONFIG", ...VLLM_QUANTIZATION],
  dtypeKeys: ["dtype"],
  fromTree(root, { text }) {
    return [...maps(root)].flatMap(({ node, path }) => {
      if (textAt(node, "enabled") === "false") return [];
      const step = at(node, "internalService", "config");
      if (step !== undefined)
        return SERVER.test(textAt(node, "name") ?? "")
          ? factOf(scalarAt(step, "MODEL_ID"), root, step, text)
          : [];
      if (!SERVER.test(path.at(-1) ?? "")) return [];
      // The chart's own names: a server's settings elsewhere have none of them.
      const own = scalarAt(node, "LLM_MODEL_ID");
      const isPart = at(node, "extraCmdArgs") !== undefined || at(node, "accelDevice") !== undefined;
      return factOf(own ?? (isPart ? ofChart(root) : undefined), root, node, text);
    });
  },
};

/** The one checkpoint of the whole chart. */
function ofChart(root: ConfigNode): ScalarNode | undefined {
  const named = scalars(root).filter(({ path }) => path.at(-1) === "LLM_MODEL_ID");
  return named.length === 1 ? named[0]!.node : undefined;
}

function factOf(
  model: ScalarNode | undefined,
  root: ConfigNode,
  node: ConfigNode | MapNode,
  text: string,
): ServingFact[] {
  if (model === undefined || !model.known || model.value === "") return [];
  const extra = at(node, "extraCmdArgs");
  const words = extra === undefined ? [] : commandWords(extra, text, new Map());
  const fact = factOfLaunch({
    system: "opea",
    launch: {
      words,
      environment: new Map(),
      range: model.range,
      accelerator: () => acceleratorIn(root, undefined),
    },
    words,
    modelSwitches: [],
  });
  const settings = new Map(fact.settings);
  for (const { key, keyRange, value } of node.kind === "map" ? node.entries : [])
    if (value.kind === "scalar") settings.set(key, { value: value.value, range: value.range, keyRange });
  return [{ ...fact, settings, model: { id: model.value, range: model.range } }];
}
