/**
 * text-generation-webui: `server.py --model org_name`, and the variable that its images hand on to it. Its transformers loader
 * takes 16 bits unless told otherwise; other loaders read quantized files. Source: its README, "Command-line flags" (2026).
 */

import { pattern } from "../../pattern.ts";
import { isProgram, type Launch, program, pythonModule } from "../launch.ts";
import { splitItem } from "../launch-arguments.ts";
import type { Word } from "../words.ts";
import { factOfLaunch, type ServingSystem } from "./system.ts";

/** Switches that few other programs named server.py have. */
const OWN = pattern()`
  ^--(?:
    listen|listen-port|chat|notebook|cai-chat|extensions|public-api|gpu-memory|auto-devices|loader|
    model[-_]dir|trust-remote-code|character|settings|lora|xformers|sdp-attention|bf16|nowebui|verbose
  )(?:=|$)
`;
/** What its images hand on to server.py. */
const VARIABLES = /^(?:EXTRA_LAUNCH_ARGS|CLI_ARGS|LAUNCH_ARGS|WEBUI_ARGS)$/;

export const textGenerationWebui: ServingSystem = {
  name: "text-generation-webui",
  title: "text-generation-webui",
  servesLanguageModels: true,
  quantizationKeys: ["load-in-8bit", "load-in-4bit", "wbits", "loader", "bnb-4bit"],
  dtypeKeys: [],
  fromLaunch(launch) {
    const words = wordsOf(launch);
    const fact =
      words && factOfLaunch({ system: "text-generation-webui", launch, words, modelSwitches: ["model"] });
    if (fact === undefined) return undefined;
    // The loader that takes 16-bit weights quantizes nothing.
    const settings = new Map(fact.settings);
    if (/^(?:transformers|autodetect)$/i.test(settings.get("loader")?.value ?? "")) settings.delete("loader");
    return { ...fact, settings };
  },
};

function wordsOf(launch: Launch): readonly Word[] | undefined {
  if (/text-generation-webui/.test(launch.image?.name ?? "")) {
    const [, held] = [...launch.environment].find(([name]) => VARIABLES.test(name)) ?? [];
    if (held?.known)
      return splitItem({ value: held.value.replace(/^["']|["']$/g, ""), range: held.range, known: true });
  }
  const words = program(launch.words);
  const module = pythonModule(words);
  const started = module?.module ?? words[0];
  const rest = module?.rest ?? words.slice(1);
  return isProgram(started, /^(?:server\.py|start_(?:linux|macos|windows|wsl)\.(?:sh|bat))$/) &&
    rest.some(({ value }) => OWN.test(value))
    ? rest
    : undefined;
}
