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
  quantize: {
    name: "compress-to-fp16",
    value: "True",
    capability: 0,
    source: "OpenVINO documentation (2026)",
  },
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
    const type = fact.settings.get("data-type");
    const compresses = fact.settings.get("compress-to-fp16");
    const off = /^(?:False|0|no)$/i.test(compresses?.value ?? "") ? compresses : undefined;
    const float = /^(?:FP32|float)$/i.test(type?.value ?? "") ? type : undefined;
    const asked = off ?? float;
    if (asked === undefined) return undefined;
    const newText = asked === off ? "True" : "FP16";
    return { ...fact, insertSetting: () => ({ range: asked.range, newText }) };
  },
};
