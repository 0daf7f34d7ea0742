/** trtexec: builds an engine in float32 (TF32) unless a precision switch stands there. Source: TensorRT developer guide, trtexec. */

import { isProgram, program } from "../launch.ts";
import { factOfLaunch, type ServingSystem } from "./system.ts";

export const trtexec: ServingSystem = {
  name: "trtexec",
  title: "TensorRT (trtexec)",
  servesLanguageModels: false,
  converts: true,
  quantizationKeys: [
    "fp16",
    "bf16",
    "int8",
    "fp8",
    "int4",
    "best",
    "stronglyTyped",
    "loadEngine",
    "layerPrecisions",
  ],
  dtypeKeys: [],
  quantize: {
    name: "fp16",
    value: "",
    capability: 7,
    source: "NVIDIA TensorRT developer guide, trtexec (2026)",
  },
  fromLaunch(launch) {
    const words = program(launch.words);
    return isProgram(words[0], /^trtexec(\.exe)?$/)
      ? factOfLaunch({
          system: "trtexec",
          launch,
          words: words.slice(1),
          modelSwitches: ["onnx", "uff", "model"],
        })
      : undefined;
  },
};
