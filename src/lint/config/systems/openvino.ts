/**
 * OpenVINO's converters: Model Optimizer (`mo`, `mo.py`) and `ovc`. Weights are compressed to float16 unless they are told to keep
 * float32. Source: OpenVINO documentation, "Setting Input Shapes" and "FP16 compression" (2022 to 2026).
 */

import { isProgram, program, pythonModule } from "../launch.ts";
import { factOfLaunch, type ServingSystem } from "./system.ts";

export const openvino: ServingSystem = {
  name: "openvino",
  title: "OpenVINO's converter",
  servesLanguageModels: false,
  converts: true,
  quantizationKeys: [],
  dtypeKeys: [],
  fromLaunch(launch) {
    const words = program(launch.words);
    const module = pythonModule(words);
    const started = module?.module ?? words[0];
    if (!isProgram(started, /^(?:mo|ovc|mo_\w+|openvino\.tools\.(?:mo|ovc))(?:\.py)?$/)) return undefined;
    const fact = factOfLaunch({
      system: "openvino",
      launch,
      words: module?.rest ?? words.slice(1),
      modelSwitches: ["input-model", "m", "saved-model-dir"],
    });
    const type = fact.settings.get("data-type")?.value ?? "";
    const compresses = fact.settings.get("compress-to-fp16")?.value ?? "";
    return /^(?:FP32|float)$/i.test(type) || /^(?:False|0|no)$/i.test(compresses) ? fact : undefined;
  },
};
