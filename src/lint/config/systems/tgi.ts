/**
 * Text Generation Inference, and LoRAX that was made of it: launchers and images. Sources: their launchers' arguments
 * (`--quantize`, `--dtype`), 2026.
 */

import type { ServingFact } from "../../facts.ts";
import { imageName, isProgram, program } from "../launch.ts";
import { type ConfigNode, entriesOf } from "../tree.ts";
import { chartValues } from "./chart-values.ts";
import { factOfLaunch, type ServingSystem } from "./system.ts";
import { factOfMap, withoutInsertion } from "./tree-fact.ts";

/** Variables that the launcher reads, and nothing else by these names. */
const OWN =
  /^(?:MAX_TOTAL_TOKENS|MAX_INPUT_(?:LENGTH|TOKENS)|MAX_BATCH_(?:PREFILL|TOTAL)_TOKENS|MAX_CONCURRENT_REQUESTS|MAX_WAITING_TOKENS|NUM_SHARD|CUDA_MEMORY_FRACTION)$/;
const ADDRESS = /(?<!OTLP)_(?:URL|ENDPOINT|API_BASE)$/;

export const tgi: ServingSystem = {
  name: "tgi",
  title: "Text Generation Inference",
  servesLanguageModels: true,
  quantizationKeys: ["quantize", "QUANTIZE", "HF_MODEL_QUANTIZE"],
  dtypeKeys: ["dtype", "DTYPE"],
  quantize: {
    name: "quantize",
    value: "fp8",
    capability: 8.9,
    source: "Text Generation Inference, launcher arguments (2026)",
  },
  fromTree(root, context) {
    return [
      ...ofVariables(root, context.text),
      ...chartValues(root, context, "tgi", /text-generation-inference/),
    ];
  },
  fromLaunch(launch) {
    const words = program(launch.words);
    const byName = isProgram(words[0], /^(text-generation-(launcher|server)|lorax-launcher)$/);
    const image = launch.image === undefined ? "" : imageName(launch.image.name);
    if (
      !byName &&
      !hasOwnVariables([...launch.environment.keys()]) &&
      !/text-generation-inference|predibase\/lorax|huggingface-pytorch-tgi|optimum-tpu|tgi-(tpu|gaudi|neuron)|neuronx-tgi/.test(
        image,
      )
    )
      return undefined;
    if (words[0]?.value === "text-generation-server" && words[1]?.value !== "serve") return undefined;
    if (!byName && words[0] !== undefined && !words[0].value.startsWith("-")) return undefined;
    return factOfLaunch({
      system: "tgi",
      launch,
      words: byName ? words.slice(1) : words,
      modelSwitches: ["model-id"],
      modelVariables: ["MODEL_ID", "HF_MODEL_ID"],
      variables: /^(QUANTIZE|DTYPE|HF_MODEL_QUANTIZE)$/,
    });
  },
};

/** A file of the container's variables: `MODEL_ID=org/name` beside some of the launcher's own. */
function ofVariables(root: ConfigNode, text: string): ServingFact[] {
  if (!hasOwnVariables(entriesOf(root).map(({ key }) => key))) return [];
  const settings = { system: "tgi", node: root, modelKeys: ["MODEL_ID"], text, rename: (key: string) => key };
  return [withoutInsertion(factOfMap(settings))];
}

/** A program that asks a server is told of its model and its limits as well, and of its address. */
function hasOwnVariables(names: readonly string[]): boolean {
  return (
    names.includes("MODEL_ID") &&
    names.filter((name) => OWN.test(name)).length > 1 &&
    !names.some((name) => ADDRESS.test(name))
  );
}
