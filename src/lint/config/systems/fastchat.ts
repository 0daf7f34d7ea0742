/** FastChat's workers: float16 unless `--load-8bit`, a GPTQ or an AWQ option. Source: its README and `model_worker` options. */

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
    "exllama",
  ],
  dtypeKeys: ["dtype"],
  fromLaunch(launch) {
    const module = pythonModule(program(launch.words));
    if (module === undefined || !/^fastchat\.serve\.(\w*worker|cli)$/.test(module.module.value))
      return undefined;
    return factOfLaunch({
      system: "fastchat",
      launch,
      words: module.rest,
      modelSwitches: ["model-path", "model"],
    });
  },
};
