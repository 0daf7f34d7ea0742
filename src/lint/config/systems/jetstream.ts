/**
 * JetStream on TPUs: 16-bit weights unless PyTorch's server gets `--quantize_weights` (`--quantize_type` alone does
 * nothing), or MaxText's `quantization=...`, which stands without dashes. Sources: jetstream_pt/config.py, JetStream's
 * documentation of the MaxText engine (2026).
 */

import { imageName, program } from "../launch.ts";
import { factOfLaunch, type ServingSystem } from "./system.ts";

export const jetstream: ServingSystem = {
  name: "jetstream",
  title: "JetStream",
  servesLanguageModels: true,
  quantizationKeys: ["quantize-weights", "quantization", "checkpoint-is-quantized"],
  dtypeKeys: [],
  fromLaunch(launch) {
    const image = launch.image === undefined ? "" : imageName(launch.image.name);
    if (!/jetstream-(?:pytorch|maxtext|pathways)|jetstream-[\w-]*server/.test(image)) return undefined;
    // `model_name=...` in front would be taken for an environment of the program.
    const words = launch.words.map((word) =>
      /^[a-z_]+=/.test(word.value) ? { ...word, value: `--${word.value}` } : word,
    );
    return factOfLaunch({
      system: "jetstream",
      launch,
      words: program(words),
      modelSwitches: ["model-id", "model-name"],
    });
  },
};
