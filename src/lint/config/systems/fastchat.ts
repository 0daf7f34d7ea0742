/**
 * FastChat's workers: float16 on a GPU unless `--load-8bit`, a GPTQ or an AWQ option; its vllm_worker takes vLLM's switches,
 * its lightllm_worker `--mode ...int8weight`. Sources: fastchat/model/model_adapter.py and fastchat/serve (2025).
 */

import { program, pythonModule } from "../launch.ts";
import { factOfLaunch, type ServingSystem } from "./system.ts";

export const fastchat: ServingSystem = {
  name: "fastchat",
  title: "FastChat",
  servesLanguageModels: true,
  quantizationKeys: [
    "load-8bit",
    "gptq-wbits",
    "gptq-ckpt",
    "awq-wbits",
    "awq-ckpt",
    "quantization",
    "load-format",
    "enable-exllama",
    "mode",
  ],
  dtypeKeys: ["dtype"],
  fromLaunch(launch) {
    const module = pythonModule(program(launch.words));
    if (module === undefined || !/^fastchat\.serve\.(\w*worker|cli)$/.test(module.module.value))
      return undefined;
    const fact = factOfLaunch({
      system: "fastchat",
      launch,
      words: module.rest,
      modelSwitches: ["model-path", "model"],
    });
    // 16 bits are the default of both; a mode of LightLLM may be about its cache or kernels alone.
    const settings = new Map(
      [...fact.settings].filter(
        ([name, { value }]) =>
          !(/wbits$/.test(name) && value === "16") && !(name === "mode" && !/int[48]weight/.test(value)),
      ),
    );
    return { ...fact, settings };
  },
};
