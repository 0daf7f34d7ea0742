/** llama.cpp: the file's name holds its quantization; `f16`, `bf16` or `f32` in it is unquantized. */

import { imageName, isProgram, program, pythonModule } from "../launch.ts";
import { factOfLaunch, type ServingSystem } from "./system.ts";

export const llamaCpp: ServingSystem = {
  name: "llama.cpp",
  title: "llama.cpp",
  servesLanguageModels: false,
  quantizationKeys: [],
  dtypeKeys: [],
  fromLaunch(launch) {
    const words = program(launch.words);
    const module = pythonModule(words);
    const byModule = module?.module.value === "llama_cpp.server";
    const byName = isProgram(
      words[0],
      /^(llama-server|llama-cli|llamafile|koboldcpp(\.py)?|server\.exe|llama-server\.exe)$/,
    );
    const image = launch.image === undefined ? "" : imageName(launch.image.name);
    if (!byModule && !byName && !/llama\.cpp|llama-cpp/.test(image)) return undefined;
    return factOfLaunch({
      system: "llama.cpp",
      launch,
      words: byModule ? module.rest : byName ? words.slice(1) : words,
      modelSwitches: ["m", "model", "hf-file", "hff", "hf", "hf-repo", "hfr"],
      modelVariables: ["MODEL", "LLAMA_ARG_MODEL", "LLAMA_ARG_HF_REPO"],
    });
  },
};
