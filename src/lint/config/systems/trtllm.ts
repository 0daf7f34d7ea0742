/** `trtllm-serve` and `trtllm-build`: the precision is in the engine or the checkpoint; only a hub id says it here. */

import { isProgram, program } from "../launch.ts";
import { factOfLaunch, type ServingSystem } from "./system.ts";

export const trtllm: ServingSystem = {
  name: "trtllm",
  title: "TensorRT-LLM",
  servesLanguageModels: true,
  quantizationKeys: ["extra-llm-api-options", "config", "backend-config"],
  dtypeKeys: ["dtype"],
  fromLaunch(launch) {
    const words = program(launch.words);
    if (!isProgram(words[0], /^trtllm-serve$/)) return undefined;
    const fact = factOfLaunch({
      system: "trtllm",
      launch,
      words: words.slice(1),
      modelSwitches: ["model"],
      positional: true,
    });
    // A path is an engine, whose precision is not said here.
    const { model, ...rest } = fact;
    return model !== undefined && /^[\w.-]+\/[\w.-]+$/.test(model.id) ? fact : rest;
  },
};
