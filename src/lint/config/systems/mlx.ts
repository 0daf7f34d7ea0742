/**
 * MLX's servers on Apple silicon: `mlx_lm.server`, `python -m mlx_lm server`, `mlx_vlm.server`. They load a checkpoint as it
 * is published; a quantized one says so in its name (`-4bit`). Sources: mlx-lm's SERVER.md and mlx-vlm's README (2026).
 */

import { isProgram, program, pythonModule } from "../launch.ts";
import { factOfLaunch, type ServingSystem } from "./system.ts";

export const mlx: ServingSystem = {
  name: "mlx",
  title: "MLX",
  servesLanguageModels: true,
  quantizationKeys: [],
  dtypeKeys: [],
  fromLaunch(launch) {
    const words = program(launch.words);
    const module = pythonModule(words);
    const name = module?.module.value ?? words[0]?.value ?? "";
    const rest = module?.rest ?? words.slice(1);
    const isServer =
      module === undefined ? isProgram(words[0], /^mlx_v?lm\.server$/) : /^mlx_v?lm\.server$/.test(name);
    const isCommand = /(?:^|\/)mlx_v?lm$/.test(name) && rest[0]?.value === "server";
    if (!isServer && !isCommand) return undefined;
    return factOfLaunch({
      system: "mlx",
      launch,
      words: isCommand ? rest.slice(1) : rest,
      modelSwitches: ["model"],
    });
  },
};
