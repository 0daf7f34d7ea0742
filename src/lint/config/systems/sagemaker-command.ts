/** SageMaker's model made by a command: `aws sagemaker create-model --primary-container Image=...,Environment={HF_MODEL_ID=...}`. */

import type { TextRange } from "../../finding.ts";
import { isProgram, type Launch, program } from "../launch.ts";
import { readArguments } from "../launch-arguments.ts";
import type { Word } from "../words.ts";
import type { ServingSystem } from "./system.ts";

/** An entry of the container's environment, in shorthand or in JSON. */
const ENTRY = /["']?\b([A-Z][A-Z0-9_]*)["']?\s*[:=]\s*["']?([^\s"',{}]+)/g;

export const sagemakerCommand: ServingSystem = {
  name: "sagemaker-command",
  title: "SageMaker",
  servesLanguageModels: true,
  quantizationKeys: ["HF_MODEL_QUANTIZE", "OPTION_QUANTIZE", "QUANTIZE", "SM_VLLM_QUANTIZATION"],
  dtypeKeys: ["OPTION_DTYPE", "DTYPE", "SM_VLLM_DTYPE"],
  fromLaunch(launch) {
    const container = containerOf(launch);
    if (container === undefined) return undefined;
    const { range } = container;
    const settings = new Map<string, { value: string; range: TextRange; keyRange: TextRange }>();
    for (const [, name, value] of container.value.matchAll(ENTRY))
      settings.set(name!, { value: value!, range, keyRange: range });
    const id = (
      settings.get("HF_MODEL_ID") ??
      settings.get("OPTION_MODEL_ID") ??
      settings.get("SM_VLLM_MODEL")
    )?.value;
    if (id === undefined || id.includes("$")) return undefined;
    return {
      system: "sagemaker-command",
      range: launch.range,
      model: { id, range },
      settings,
      commentedOut: new Map(),
      batching: new Map(),
    };
  },
};

function containerOf(launch: Launch): Word | undefined {
  const words = program(launch.words);
  if (!isProgram(words[0], /^aws$/) || words[1]?.value !== "sagemaker" || words[2]?.value !== "create-model")
    return undefined;
  return readArguments(words.slice(3)).options.get("primary-container")?.word;
}
