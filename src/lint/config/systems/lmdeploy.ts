/**
 * LMDeploy: `lmdeploy serve api_server MODEL`. Weights are quantized by the checkpoint, `--model-format` (hf, awq, gptq,
 * compressed-tensors, fp8, mxfp4) says so; `--quant-policy` is for the cache. Source: lmdeploy/cli/utils.py (2026).
 */

import { isProgram, program, pythonModule } from "../launch.ts";
import { factOfLaunch, type ServingSystem } from "./system.ts";

export const lmdeploy: ServingSystem = {
  name: "lmdeploy",
  title: "LMDeploy",
  servesLanguageModels: true,
  quantizationKeys: ["model-format"],
  dtypeKeys: ["dtype"],
  fromLaunch(launch) {
    const started = program(launch.words);
    const module = pythonModule(started);
    const words = module?.module.value === "lmdeploy" ? [module.module, ...module.rest] : started;
    // `serve proxy` routes requests and holds no model.
    if (!isProgram(words[0], /^lmdeploy$/) || words[1]?.value !== "serve") return undefined;
    if (words[2]?.value === "proxy") return undefined;
    const fact = factOfLaunch({
      system: "lmdeploy",
      launch,
      words: words.slice(3),
      modelSwitches: ["model-path"],
      positional: true,
    });
    return /^hf$/i.test(fact.settings.get("model-format")?.value ?? "")
      ? { ...fact, settings: new Map([...fact.settings].filter(([name]) => name !== "model-format")) }
      : fact;
  },
};
