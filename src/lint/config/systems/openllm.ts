/**
 * OpenLLM: `openllm start org/model` and `openllm serve name:tag`; weights as the hub has them unless a switch or the tag
 * quantizes. Source: OpenLLM, command line reference (2026).
 */

import { isProgram, program } from "../launch.ts";
import { factOfLaunch, type ServingSystem } from "./system.ts";

export const openllm: ServingSystem = {
  name: "openllm",
  title: "OpenLLM",
  servesLanguageModels: true,
  quantizationKeys: ["quantize", "quantise", "quantization"],
  dtypeKeys: ["dtype"],
  fromLaunch(launch) {
    const words = program(launch.words);
    if (!isProgram(words[0], /^openllm$/) || !/^(?:start|serve)$/.test(words[1]?.value ?? ""))
      return undefined;
    // A tag says its bits: `llama3.1:8b-4bit`.
    if (words.slice(2).some(({ value }) => /:[\w.-]*(?:[48]bit|awq|gptq|int[48]|fp8)/i.test(value)))
      return undefined;
    return factOfLaunch({
      system: "openllm",
      launch,
      words: words.slice(2),
      modelSwitches: ["model-id"],
      positional: true,
    });
  },
};
