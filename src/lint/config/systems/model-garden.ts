/**
 * Vertex AI's Model Garden: `gcloud ai model-garden models deploy --model=google/gemma3@gemma-3-27b-it`, and `OpenModel` of the
 * SDK. Its containers are vLLM's and TGI's. Source: gcloud reference, "ai model-garden models deploy" (2026).
 */

import type { ServingFact } from "../../facts.ts";
import type { Call } from "../../python/python-facts.ts";
import { isProgram, program } from "../launch.ts";
import type { ModelOf } from "./python-sagemaker.ts";
import { keywordSettings } from "./python-values.ts";
import { factOfLaunch, type ServingSystem } from "./system.ts";

export const modelGarden: ServingSystem = {
  name: "model-garden",
  title: "Vertex AI's Model Garden",
  servesLanguageModels: true,
  quantizationKeys: ["quantization"],
  dtypeKeys: [],
  fromLaunch(launch) {
    const words = program(launch.words);
    const verbs = words.slice(1, 6).map(({ value }) => value);
    if (!isProgram(words[0], /^gcloud$/) || !verbs.includes("model-garden") || !verbs.includes("deploy"))
      return undefined;
    const fact = factOfLaunch({
      system: "model-garden",
      launch,
      words: words.slice(1),
      modelSwitches: ["model"],
    });
    return withVersion(withContainer(fact, ["container-args", "container-env-vars", "container-image-uri"]));
  },
};

/** `OpenModel("google/gemma3@gemma-3-12b-it")`, once deployed. */
export function ofOpenModel(call: Call, calls: readonly Call[], modelOf: ModelOf): ServingFact[] {
  if (call.method !== "OpenModel" || !/(?:^|\.)model_garden\.OpenModel$/.test(call.callee)) return [];
  const deploys = calls.filter(
    ({ method, receiver }) => method === "deploy" && call.targets.includes(receiver?.name ?? ""),
  );
  const { model } = modelOf(call.args[0] ?? call.keywords.get("model_name"));
  const [deploy] = deploys;
  if (model === undefined || deploy === undefined || deploy.hasUnknownArguments) return [];
  const fact: ServingFact = {
    system: "model-garden",
    range: call.calleeRange,
    model,
    settings: keywordSettings(deploy),
    commentedOut: new Map(),
    batching: new Map(),
  };
  const container = [
    "serving_container_args",
    "serving_container_environment_variables",
    "serving_container_spec",
  ];
  return [withVersion(withContainer(fact, container))];
}

/** A container's own settings may quantize where they say so, or where they stand elsewhere. */
function withContainer(fact: ServingFact, names: readonly string[]): ServingFact {
  const given = [...fact.settings].find(
    ([name, { value }]) =>
      names.some((one) => name.replaceAll("_", "-") === one.replaceAll("_", "-")) &&
      /quanti|load[-_]format|\$/i.test(value),
  );
  if (given === undefined) return fact;
  return { ...fact, settings: new Map(fact.settings).set("quantization", { ...given[1], value: "$" }) };
}

/** Publisher and family stand before the `@`, the checkpoint behind it. */
function withVersion(fact: ServingFact): ServingFact {
  const { model } = fact;
  if (model === undefined) return fact;
  // NVIDIA's containers choose a profile by the GPU.
  const { model: _, ...unnamed } = fact;
  if (/^nvidia\/[^@]*@/.test(model.id)) return unnamed;
  return { ...fact, model: { ...model, id: model.id.replace(/^[^@]*@/, "") } };
}
