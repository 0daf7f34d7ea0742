/** Systems that only Python programs use. */

import type { ServingSystem } from "./system.ts";

export const transformers: ServingSystem = {
  name: "transformers",
  title: "transformers",
  servesLanguageModels: true,
  quantizationKeys: ["quantization-config", "load-in-8bit", "load-in-4bit", "gguf-file"],
  dtypeKeys: ["dtype", "torch-dtype"],
};

export const tflite: ServingSystem = {
  name: "tflite",
  title: "TensorFlow Lite",
  servesLanguageModels: false,
  quantizationKeys: [
    "optimizations",
    "target_spec.supported_types",
    "post_training_quantize",
    "inference_type",
  ],
  dtypeKeys: [],
};

export const fasterWhisper: ServingSystem = {
  name: "faster-whisper",
  title: "faster-whisper",
  servesLanguageModels: false,
  quantizationKeys: [],
  dtypeKeys: ["compute-type"],
};

export const ctranslate2: ServingSystem = {
  name: "ctranslate2",
  title: "CTranslate2",
  servesLanguageModels: false,
  quantizationKeys: [],
  dtypeKeys: ["compute-type"],
};
