/**
 * JetStream on TPUs. PyTorch's server keeps 16 bits unless it gets `--quantize_weights` (`--quantize_type` alone does
 * nothing), MaxText's engine keeps its `weight_dtype` unless it gets `quantization=...`; its settings stand without dashes.
 * Sources: jetstream_pt/config.py and cli.py, MaxText's maxengine_server.py and configs/base.yml (2026).
 */

import type { ServingFact } from "../../facts.ts";
import { imageName, isProgram, type Launch, program, pythonModule } from "../launch.ts";
import type { Word } from "../words.ts";
import { factOfLaunch, type ServingSystem } from "./system.ts";

const IMAGE = /jetstream-(?:pytorch|maxtext|pathways)|jetstream-[\w-]*server|maxengine-server/;
const MAXTEXT = /(?:^|[./])maxengine_server(?:\.py)?$/;
const PYTORCH = /(?:^|[./])run_server(?:_with_ray)?(?:\.py)?$/;

export const jetstream: ServingSystem = {
  name: "jetstream",
  title: "JetStream",
  servesLanguageModels: true,
  quantizationKeys: ["quantize-weights", "quantization", "checkpoint-is-quantized"],
  dtypeKeys: ["weight-dtype"],
  fromLaunch(launch) {
    const words = wordsFor(launch);
    if (words === undefined) return undefined;
    return withSize(
      factOfLaunch({ system: "jetstream", launch, words, modelSwitches: ["model-id", "model-name"] }),
    );
  },
};

function wordsFor(launch: Launch): Word[] | undefined {
  if (IMAGE.test(launch.image === undefined ? "" : imageName(launch.image.name)))
    // Before the program is looked for: `model_name=...` in front would be taken for its environment.
    return program(dashed(launch.words));
  const words = program(launch.words);
  if (isProgram(words[0], /^jpt$/) && words[1]?.value === "serve") return words.slice(2);
  const module = pythonModule(words);
  if (module === undefined) return undefined;
  if (MAXTEXT.test(module.module.value)) return dashed(module.rest);
  // Others call a program so as well; these are the settings of this one.
  const isPytorch = module.rest.some(({ value }) => /^--(?:quantize_weights|max_cache_length)\b/.test(value));
  return isPytorch && PYTORCH.test(module.module.value) ? module.rest : undefined;
}

/** MaxText's `key=value`. */
function dashed(words: readonly Word[]): Word[] {
  return words.map((word) => (/^[a-z_]+=/.test(word.value) ? { ...word, value: `--${word.value}` } : word));
}

/** `--model_name=llama-2 --size=7b`. */
function withSize(fact: ServingFact): ServingFact {
  const size = fact.settings.get("size")?.value;
  if (fact.model === undefined || size === undefined || !/^[\dx.]+[bm]/i.test(size)) return fact;
  return { ...fact, model: { ...fact.model, id: `${fact.model.id}-${size}` } };
}
