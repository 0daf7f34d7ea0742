/** LMDeploy: `lmdeploy serve api_server MODEL`. `--quant-policy` is for the cache; weights: `--model-format awq|gptq|fp8`. */

import { isProgram, program } from "../launch.ts";
import { factOfLaunch, type ServingSystem } from "./system.ts";

export const lmdeploy: ServingSystem = {
  name: "lmdeploy",
  title: "LMDeploy",
  servesLanguageModels: true,
  quantizationKeys: ["model-format"],
  dtypeKeys: ["dtype"],
  fromLaunch(launch) {
    const words = program(launch.words);
    if (!isProgram(words[0], /^lmdeploy$/) || words[1]?.value !== "serve") return undefined;
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
