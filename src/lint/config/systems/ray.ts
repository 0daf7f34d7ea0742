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
    for (const application of applicationsOf(root)) {
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
      const variables = runtime?.kind === "map" ? entryOf(runtime, "env_vars")?.value : undefined;
      for (const id of ids)
        if (id.known && !isHinted(application) && variables !== undefined)
          facts.push({
            ...withoutInsertion(
              factOfMap({ system: "ray", node: variables, root, text: context.text, rename: (key) => key }),
            ),
            model: { id: id.value, range: id.range },
            range: id.range,
          });
    }
    for (const application of applicationsOf(root)) {
      const own = argumentsOf(application).find(({ model }) => model !== undefined);
      if (own === undefined || isHinted(application)) continue;
      facts.push(
        withoutInsertion(
          factOfMap({ system: "ray", node: own.node, model: own.model, root, text: context.text }),
        ),
      );
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

/** Several, or the one of a file of the older form. */
function applicationsOf(root: ConfigNode): readonly ConfigNode[] {
  const several = itemsOf(at(root, "applications"));
  return several.length === 0 && entryOf(root, "import_path") !== undefined ? [root] : several;
}

/** What an application's code is called is the only word of its precision in the file. */
function isHinted(application: ConfigNode): boolean {
  return /quant|nf4|awq|gptq|[48]bit|int8/i.test(textAt(application, "import_path") ?? "");
}

const MODEL_ARGUMENT =
  /^(?:hf_|llm_|base_|pretrained_)?model(?:_?(?:id|name|path|id_or_path|name_or_path))?$/;

/** What is handed to the function that builds an application, or to its deployments: `args: {model: org/name}`. */
function argumentsOf(application: ConfigNode): { node: ConfigNode; model: ScalarNode | undefined }[] {
  const holders = [
    at(application, "args"),
    ...itemsOf(at(application, "deployments")).map((deployment) => at(deployment, "user_config")),
  ].flatMap((holder) => holder ?? []);
  return holders
    .filter((holder) => !scalars(holder).some((one) => quantizes(one) || asksServer(one)))
    .flatMap((holder) =>
      maps(holder).map(({ node }) => ({
        node,
        model: node.entries.flatMap(({ key, value }) =>
          MODEL_ARGUMENT.test(key.replaceAll("-", "_")) &&
          value.kind === "scalar" &&
          value.known &&
          /^[\w.-]+\/[\w.-]+$/.test(value.value)
            ? value
            : [],
        )[0],
      })),
    );
}

/** The model is another's: `base_url: http://...`. */
function asksServer({ node, path }: { node: ScalarNode; path: readonly string[] }): boolean {
  return /^https?:/.test(node.value) && /url|endpoint|api_?base|host|server/i.test(path.at(-1) ?? "");
}

function quantizes({ node, path }: { node: ScalarNode; path: readonly string[] }): boolean {
  return path.some((key) => /quant|ipex|low_bit|bits/i.test(key)) && isSet(node.value);
}

/** The one checkpoint that such settings name, unless anything in them quantizes. */
function modelOfProgram(root: ConfigNode): { node: ConfigNode; model: ScalarNode } | undefined {
  const named = maps(root).flatMap(({ node }) => {
    const model = scalarAt(node, "model_id_or_path") ?? scalarAt(node, "model_name_or_path");
    return model?.known && /^[\w.-]+\/[\w.-]+$/.test(model.value) ? [{ node, model }] : [];
  });
  return named.length === 1 && !scalars(root).some(quantizes) ? named[0] : undefined;
}
