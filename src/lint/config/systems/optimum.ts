/** `optimum-cli export onnx`: float32 unless `--dtype fp16` or `--fp16`; quantizing is a step of its own. */

import { isProgram, program, pythonModule } from "../launch.ts";
import { factOfLaunch, type ServingSystem } from "./system.ts";

export const optimum: ServingSystem = {
  name: "optimum-onnx",
  title: "Optimum (ONNX export)",
  servesLanguageModels: false,
  converts: true,
  quantizationKeys: ["fp16", "weight-format"],
  dtypeKeys: ["dtype"],
  fromLaunch(launch) {
    const words = program(launch.words);
    const module = pythonModule(words);
    if (module?.module.value === "optimum.exporters.onnx")
      return factOfLaunch({
        system: "optimum-onnx",
        launch,
        words: module.rest,
        modelSwitches: ["model", "m"],
      });
    return isProgram(words[0], /^optimum-cli$/) && words[1]?.value === "export" && words[2]?.value === "onnx"
      ? factOfLaunch({ system: "optimum-onnx", launch, words: words.slice(3), modelSwitches: ["model", "m"] })
      : undefined;
  },
};
