/** JetStream on TPUs: 16-bit weights unless `--quantize_weights=True`. Source: jetstream-pytorch's README (2025). */

import { imageName, program } from "../launch.ts";
import { factOfLaunch, type ServingSystem } from "./system.ts";

export const jetstream: ServingSystem = {
  name: "jetstream",
  title: "JetStream",
  servesLanguageModels: true,
  quantizationKeys: ["quantize-weights", "quantization", "quantize-type"],
  dtypeKeys: [],
  fromLaunch(launch) {
    const image = launch.image === undefined ? "" : imageName(launch.image.name);
    if (!/jetstream-(pytorch|maxtext)-server|jetstream-.*server/.test(image)) return undefined;
    return factOfLaunch({
      system: "jetstream",
      launch,
      words: program(launch.words),
      modelSwitches: ["model-id", "model-name"],
    });
  },
};
