/**
 * `trtllm-serve`, of which only a hub id says the precision, and the conversion of a checkpoint for `trtllm-build`, whose
 * switches choose it. Source: TensorRT-LLM, examples' convert_checkpoint.py (2026).
 */

import { isProgram, type Launch, program, pythonModule } from "../launch.ts";
import { factOfLaunch, type ServingSystem } from "./system.ts";

export const trtllm: ServingSystem = {
  name: "trtllm",
  title: "TensorRT-LLM",
  servesLanguageModels: true,
  quantizationKeys: [
    "extra-llm-api-options",
    "extra-engine-args",
    "quant-config",
    "config",
    "backend-config",
    "use-weight-only",
    "weight-only-precision",
    "use-fp8",
    "use-fp8-rowwise",
    "smoothquant",
    "int8-kv-cache",
    "per-channel",
    "quant-ckpt-path",
    "load-by-shard-quantized",
  ],
  dtypeKeys: ["dtype"],
  fromLaunch(launch) {
    const words = program(launch.words);
    const conversion = conversionOf(words);
    if (conversion !== undefined)
      return factOfLaunch({
        system: "trtllm",
        launch,
        words: conversion,
        modelSwitches: ["model-dir", "hf-model-dir", "model"],
      });
    const module = pythonModule(words);
    const isDynamo = module?.module.value === "dynamo.trtllm";
    if (!isDynamo && !isProgram(words[0], /^trtllm-serve$/)) return undefined;
    const fact = factOfLaunch({
      system: "trtllm",
      launch,
      words: isDynamo ? module!.rest : words.slice(1),
      modelSwitches: ["model", "model-path"],
      positional: !isDynamo,
    });
    // A path is an engine, whose precision is not said here.
    const { model, ...rest } = fact;
    return model !== undefined && /^[\w.-]+\/[\w.-]+$/.test(model.id) ? fact : rest;
  },
};

/** The switches of a checkpoint's conversion to an engine's weights. */
function conversionOf(words: Launch["words"]): Launch["words"] | undefined {
  const script = pythonModule(words);
  const path = script?.module ?? words[0];
  if (path === undefined || !/(?:^|\/)convert_checkpoint\.py$/.test(path.value)) return undefined;
  return script?.rest ?? words.slice(1);
}
