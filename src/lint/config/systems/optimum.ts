/**
 * `optimum-cli export`: to ONNX float32 unless `--dtype fp16` or `--fp16`, quantizing is a step of its own; to OpenVINO float32
 * where `--weight-format fp32` asks for it. Source: Optimum and Optimum Intel documentation (2026).
 */

import { isProgram, program, pythonModule } from "../launch.ts";
import { factOfLaunch, type ServingSystem } from "./system.ts";

export const optimum: ServingSystem = {
  name: "optimum-onnx",
  title: "Optimum's export",
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
    if (!isProgram(words[0], /^optimum-cli$/) || words[1]?.value !== "export") return undefined;
    const fact = factOfLaunch({
      system: "optimum-onnx",
      launch,
      words: words.slice(3),
      modelSwitches: ["model", "m"],
    });
    if (words[2]?.value === "onnx") return fact;
    // OpenVINO's weights are lowered unless float32 is asked for.
    const isFloat32 = fact.settings.get("weight-format")?.value === "fp32";
    if (words[2]?.value !== "openvino" || !isFloat32) return undefined;
    return { ...fact, settings: new Map([...fact.settings].filter(([name]) => name !== "weight-format")) };
  },
};
