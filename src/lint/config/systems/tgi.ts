/**
 * Text Generation Inference, and LoRAX that was made of it: launchers and images. Sources: their launchers' arguments
 * (`--quantize`, `--dtype`), 2026.
 */

import { imageName, isProgram, program } from "../launch.ts";
import { chartValues } from "./chart-values.ts";
import { factOfLaunch, type ServingSystem } from "./system.ts";

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
    return chartValues(root, context, "tgi", /text-generation-inference/);
  },
  fromLaunch(launch) {
    const words = program(launch.words);
    const byName = isProgram(words[0], /^(text-generation-(launcher|server)|lorax-launcher)$/);
    const image = launch.image === undefined ? "" : imageName(launch.image.name);
    if (
      !byName &&
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
