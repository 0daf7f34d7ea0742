/** SGLang: `python -m sglang.launch_server`, `sglang serve`, image lmsysorg/sglang. Source: docs.sglang.io, "Server Arguments" (2026). */

import { imageName, isProgram, program, pythonModule } from "../launch.ts";
import { chartValues } from "./chart-values.ts";
import { factOfLaunch, type ServingSystem } from "./system.ts";

export const sglang: ServingSystem = {
  name: "sglang",
  title: "SGLang",
  servesLanguageModels: true,
  quantizationKeys: ["quantization", "torchao-config", "load-format", "QUANTIZATION"],
  dtypeKeys: ["dtype"],
  quantize: {
    name: "quantization",
    value: "fp8",
    capability: 8.9,
    source: "SGLang documentation, Server Arguments (docs.sglang.io, 2026)",
  },
  fromTree: (root, context) => chartValues(root, context, "sglang", /sglang(?![\w-]*router)/),
  fromLaunch(launch) {
    const words = program(launch.words);
    const module = pythonModule(words);
    const byModule =
      module !== undefined &&
      /^sglang\.launch_server(_multi_node)?$|^dynamo\.sglang$|(^|\/)sglang\/launch_server\.py$/.test(
        module.module.value,
      );
    const byName = isProgram(words[0], /^sglang$/) && words[1]?.value === "serve";
    const image = launch.image === undefined ? "" : imageName(launch.image.name);
    // RunPod's worker takes the model from its environment.
    const isWorker = words[0] === undefined && launch.environment.has("MODEL_NAME");
    const byImage = /sglang/.test(image) && (words[0]?.value.startsWith("-") === true || isWorker);
    if (!byModule && !byName && !byImage) return undefined;
    return factOfLaunch({
      system: "sglang",
      launch,
      words: byModule ? module.rest : byName ? words.slice(2) : words,
      modelSwitches: ["model-path", "model"],
      ...(isWorker
        ? { modelVariables: ["MODEL_NAME"], variables: /^(?:QUANTIZATION|LOAD_FORMAT|DTYPE)$/ }
        : {}),
    });
  },
};
