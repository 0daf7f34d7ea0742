/** Sessions of ONNX Runtime in a program that serves, over a file whose name says float32: `InferenceSession("net.fp32.onnx")`. */

import type { ServingFact } from "../../facts.ts";
import type { Call, PythonFacts } from "../../python/python-facts.ts";
import { modelOf } from "./python-model.ts";
import type { ServingSystem } from "./system.ts";

const FLOAT32_FILE = /(?:^|[._/-])(?:fp|float)32(?:[._-][\w.-]*)?\.onnx$/i;

export const onnxSession: ServingSystem = {
  name: "onnx-session",
  title: "ONNX Runtime",
  servesLanguageModels: false,
  quantizationKeys: [],
  dtypeKeys: ["file"],
};

export function ofSession(call: Call, facts: PythonFacts): ServingFact[] {
  if (!/^onnxruntime\.(?:\w+\.)*InferenceSession$/.test(call.callee)) return [];
  const named = call.args[0] ?? call.keywords.get("path_or_bytes");
  const { model } = modelOf(named, facts);
  const providers = call.keywords.get("providers") ?? call.args[2];
  const isOnCpu =
    /\bCPU/.test(providers?.text ?? "") && !/CUDA|Tensorrt|ROCM|Dml/i.test(providers?.text ?? "");
  if (model === undefined || isOnCpu || !FLOAT32_FILE.test(model.id)) return [];
  const file = { value: "float32", range: model.range, keyRange: model.range };
  return [
    {
      system: "onnx-session",
      range: call.calleeRange,
      model,
      settings: new Map([["file", file]]),
      commentedOut: new Map(),
      batching: new Map(),
    },
  ];
}
