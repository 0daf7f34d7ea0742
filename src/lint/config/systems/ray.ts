/**
 * Ray Serve: `applications` with environment variables or LLM configs, RayLLM's engine_config. Text in `serveConfigV2` and in
 * ConfigMaps is read by the caller. Source: Ray Serve LLM documentation, KubeRay samples (2026).
 */

import type { ServingFact } from "../../facts.ts";
import {
  at,
  type ConfigNode,
  entryOf,
  itemsOf,
  maps,
  type ScalarNode,
  scalarAt,
  scalars,
  textAt,
} from "../tree.ts";
import { environmentOf } from "../tree-environment.ts";
import { isSet, type ServingSystem } from "./system.ts";
import { factOfMap, withoutInsertion } from "./tree-fact.ts";

export const ray: ServingSystem = {
  name: "ray",
  title: "Ray Serve",
  servesLanguageModels: true,
  quantizationKeys: [
    "quantization",
    "QUANTIZATION",
    "load-format",
    "QUANTIZE",
    "LOAD_IN_4BIT",
    "LOAD_IN_8BIT",
  ],
  dtypeKeys: ["dtype", "DTYPE"],
  quantize: {
    name: "quantization",
    value: "fp8",
    capability: 8.9,
    source: "vLLM documentation, FP8 W8A8 (docs.vllm.ai, 2026)",
  },
  fromTree(root, context) {
    const facts: ServingFact[] = [];
    for (const application of itemsOf(at(root, "applications"))) {
      const runtime = at(application, "runtime_env");
      const environment = runtime?.kind === "map" ? environmentOf(runtime) : new Map();
      const named =
        environment.get("MODEL_ID") ??
        environment.get("HF_MODEL_ID") ??
        environment.get("MODEL_NAME") ??
        environment.get("MODEL");
      // One program may serve several: MODEL_1_ID, SUMMARIZER_MODEL_ID.
      const several = [...environment].filter(([name]) => /^(?:\w+_)?MODEL(?:_\d+)?_(?:ID|NAME)$/.test(name));
      const ids = named === undefined ? several.map(([, setting]) => setting) : [named];
      // What the application's code is called is the only word of its precision here.
      const hinted = /quant|nf4|awq|gptq|[48]bit|int8/i.test(textAt(application, "import_path") ?? "");
      const variables = runtime?.kind === "map" ? entryOf(runtime, "env_vars")?.value : undefined;
      for (const id of ids)
        if (id.known && !hinted && variables !== undefined)
          facts.push({
            ...withoutInsertion(
              factOfMap({ system: "ray", node: variables, root, text: context.text, rename: (key) => key }),
            ),
            model: { id: id.value, range: id.range },
            range: id.range,
          });
    }
    // A program's own settings: the route that Ray Serve gives it, and the model that it loads.
    const own = entryOf(root, "route_prefix") === undefined ? undefined : modelOfProgram(root);
    if (own !== undefined)
      facts.push(
        withoutInsertion(
          factOfMap({ system: "ray", node: own.node, model: own.model, root, text: context.text }),
        ),
      );
    for (const { node } of maps(root)) {
      const loading = at(node, "model_loading_config");
      const engine = at(node, "engine_config");
      const holder = loading ?? engine;
      if (holder === undefined) continue;
      const model =
        scalarAt(holder, "model_source") ?? scalarAt(holder, "hf_model_id") ?? scalarAt(holder, "model_id");
      const kwargs = at(engine ?? node, "engine_kwargs");
      if (model === undefined || (engine !== undefined && !/VLLM/i.test(textAt(engine, "type") ?? "VLLM")))
        continue;
      facts.push(
        factOfMap({
          system: "ray",
          node: kwargs ?? { kind: "map", entries: [], range: holder.range, flow: false },
          model,
          root: node,
          text: context.text,
        }),
      );
    }
    return facts;
  },
};

/** The one checkpoint that such settings name, unless anything in them quantizes. */
function modelOfProgram(root: ConfigNode): { node: ConfigNode; model: ScalarNode } | undefined {
  const named = maps(root).flatMap(({ node }) => {
    const model = scalarAt(node, "model_id_or_path") ?? scalarAt(node, "model_name_or_path");
    return model?.known && /^[\w.-]+\/[\w.-]+$/.test(model.value) ? [{ node, model }] : [];
  });
  const quantizes = scalars(root).some(
    ({ node, path }) => path.some((key) => /quant|ipex|low_bit|bits/i.test(key)) && isSet(node.value),
  );
  return named.length === 1 && !quantizes ? named[0] : undefined;
}
