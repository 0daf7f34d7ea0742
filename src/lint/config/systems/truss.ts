/**
 * A Truss' config.yaml: Baseten's own engine (`trt_llm`), whose build says how weights are quantized, or another engine that
 * serves the checkpoint of the metadata. Source: Baseten documentation, "Engine builder configuration" (2026).
 */

import type { ServingFact } from "../../facts.ts";
import { at, type ConfigNode, itemsOf, scalarAt, scalars, textAt } from "../tree.ts";
import { isSet, type ReadContext, type ServingSystem } from "./system.ts";
import { factOfMap, withoutInsertion } from "./tree-fact.ts";

export const truss: ServingSystem = {
  name: "truss",
  title: "Baseten's TensorRT-LLM engine",
  servesLanguageModels: true,
  quantizationKeys: ["quantization-type"],
  dtypeKeys: [],
  quantize: {
    name: "quantization-type",
    value: "fp8",
    capability: 8.9,
    source: "Baseten documentation, Engine builder configuration (2026)",
  },
  fromTree(root, context) {
    const build = at(root, "trt_llm", "build");
    const model = scalarAt(build, "checkpoint_repository", "repo");
    if (
      build === undefined ||
      model === undefined ||
      !/^hf$/i.test(scalarAt(build, "checkpoint_repository", "source")?.value ?? "")
    )
      return ofMetadata(root, context);
    const fact = factOfMap({ system: "truss", node: build, model, root, text: context.text });
    const settings = new Map(fact.settings);
    const type = settings.get("quantization-type");
    if (type?.value === "no_quant") settings.set("quantization-type", { ...type, value: "none" });
    return [{ ...fact, settings }];
  },
};

/** `model_metadata: {repo_id: ...}`, which the program or the image's start script gives to the engine. */
function ofMetadata(root: ConfigNode, { text }: ReadContext): ServingFact[] {
  const model = scalarAt(root, "model_metadata", "repo_id");
  if (model === undefined || at(root, "resources") === undefined) return [];
  const installed = [
    textAt(root, "base_image", "image") ?? "",
    ...itemsOf(at(root, "requirements")).map((item) => (item.kind === "scalar" ? item.value : "")),
  ];
  const system = ["vllm", "sglang", "lmdeploy"].find((name) =>
    installed.some((one) => new RegExp(`(?:^|[/_-])${name}\\b`).test(one)),
  );
  // A command that names the checkpoint is read as one.
  const command = textAt(root, "docker_server", "start_command") ?? "";
  if (system === undefined || /\bserve\b|api_server|launch_server|--model/.test(command)) return [];
  const quantizes = scalars(root).some(({ node, path }) =>
    /quanti[sz]|load[-_]?(?:format|in[-_]?[48])/i.test(path.at(-1) ?? "")
      ? isSet(node.value)
      : path.at(-1) === "model_name" && /awq|gptq|fp8|int[48]|quanti[sz]/i.test(node.value),
  );
  if (quantizes) return [];
  return [withoutInsertion(factOfMap({ system, node: at(root, "model_metadata")!, model, root, text }))];
}
