/**
 * Platforms that Python programs hand a container or a checkpoint to: Vertex AI's `Model.upload`, the hub's inference
 * endpoints, and libraries that wrap transformers. Sources: google-cloud-aiplatform (`serving_container_*`), huggingface_hub
 * (`create_inference_endpoint`), langchain-huggingface, llama-index-llms-huggingface (2026).
 */

import type { ServingFact } from "../../facts.ts";
import type { Call, PythonFacts, Value } from "../../python/python-facts.ts";
import type { Launch, Setting } from "../launch.ts";
import type { Word } from "../words.ts";
import type { ModelOf } from "./python-sagemaker.ts";
import { entrySettings, insertKeyword, keywordSettings, literalOf } from "./python-values.ts";

/** `Model.upload(serving_container_image_uri=..., serving_container_args=[...])`: the container that Vertex AI starts. */
export function ofContainers(
  facts: PythonFacts,
  wordsOf: (list: Value) => Word[],
  modelOf: ModelOf,
): Launch[] {
  return facts.calls.flatMap(({ keywords, range }) => {
    const image = keywords.get("serving_container_image_uri");
    if (image === undefined) return [];
    const name = literalOf(image);
    const lists = ["serving_container_command", "serving_container_args"].map((key) => keywords.get(key));
    const variables = keywords.get("serving_container_environment_variables");
    // What is built elsewhere may hold any switch.
    if ([...lists, variables].some((one) => one !== undefined && !one.items && !one.entries)) return [];
    const environment = new Map<string, Setting>();
    for (const [key, setting] of variables === undefined ? [] : entrySettings(variables)) {
      const held = variables!.entries?.find((entry) => entry.key.literal === key)?.value;
      const given = setting.value.startsWith("$") ? modelOf(held).model : undefined;
      const value = given?.id ?? setting.value;
      environment.set(key, { ...setting, value, known: !value.startsWith("$") });
    }
    return [
      {
        // By the name of its variable where that is all there is: `VLLM_DOCKER_URI`.
        image: { name: typeof name === "string" ? name : image.text.toLowerCase(), range: image.range },
        words: lists.flatMap((list) => (list === undefined ? [] : wordsOf(list))),
        environment,
        range,
      },
    ];
  });
}

/** `create_inference_endpoint("name", repository="org/model", accelerator="gpu", ...)`: TGI unless another image is named. */
export function ofHubEndpoint(call: Call, modelOf: ModelOf): ServingFact[] {
  if (call.method !== "create_inference_endpoint" || call.hasUnknownArguments) return [];
  const { keywords } = call;
  const task = literalOf(keywords.get("task"));
  const image = keywords.get("custom_image");
  const entries = image?.entries ?? [];
  if (image !== undefined && (entries.length === 0 || !/text-generation-inference|vllm/.test(image.text)))
    return [];
  if (literalOf(keywords.get("accelerator")) === "cpu") return [];
  if (image === undefined && task !== undefined && task !== "text-generation") return [];
  const { model } = modelOf(keywords.get("repository"));
  if (model === undefined) return [];
  const variables = entries.find(({ key }) => key.literal === "env")?.value;
  return [
    {
      system: "tgi",
      range: call.calleeRange,
      model,
      settings: variables === undefined ? new Map() : entrySettings(variables),
      commentedOut: new Map(),
      batching: new Map(),
    },
  ];
}

const WRAPPERS =
  /^langchain\w*\.(?:.*\.)?HuggingFacePipeline\.from_model_id$|^llama_index\.(?:.*\.)?HuggingFaceLLM$/;

/** Layer by layer, in float16 unless `compression="4bit"` is asked for. */
const AIRLLM = /^airllm\.(?:\w+\.from_pretrained|AirLLM\w+)$/;

function ofAirLlm(call: Call, modelOf: ModelOf): ServingFact[] {
  if (!AIRLLM.test(call.callee) || call.hasUnknownArguments) return [];
  const { model } = modelOf(call.args[0] ?? call.keywords.get("model_local_path_or_repo_id"));
  const settings = keywordSettings(call);
  const compression = settings.get("compression");
  if (compression !== undefined) settings.set("quantization-config", compression);
  settings.set("dtype", { value: "float16", range: call.range, keyRange: call.range });
  return model === undefined
    ? []
    : [
        {
          system: "transformers",
          range: call.calleeRange,
          model,
          settings,
          commentedOut: new Map(),
          batching: new Map(),
        },
      ];
}

/** LLaVA's own loader: float16 unless its switches for 8 or 4 bits, by place or by name, are turned on. */
const LLAVA = /^llava\.(?:.*\.)?load_pretrained_model$/;

function ofLlava(call: Call, modelOf: ModelOf): ServingFact[] {
  const { args, keywords } = call;
  const { model } = modelOf(args[0] ?? keywords.get("model_path"));
  if (model === undefined || call.hasUnknownArguments) return [];
  const settings = keywordSettings(call);
  for (const [at, name] of ["load-8bit", "load-4bit"].entries()) {
    const asked = args[at + 3] ?? keywords.get(name.replace("-", "_"));
    if (asked !== undefined && asked.literal !== false)
      settings.set("quantization-config", { value: name, range: asked.range, keyRange: asked.range });
  }
  settings.set("dtype", { value: "float16", range: call.range, keyRange: call.range });
  return [
    {
      system: "transformers",
      range: call.calleeRange,
      model,
      settings,
      commentedOut: new Map(),
      batching: new Map(),
    },
  ];
}

/** Libraries that load a model by transformers: the precision stands in their `model_kwargs`. */
export function ofLibrary(call: Call, facts: PythonFacts, modelOf: ModelOf): ServingFact[] {
  if (call.callee.startsWith("airllm.")) return ofAirLlm(call, modelOf);
  if (LLAVA.test(call.callee)) return ofLlava(call, modelOf);
  if (!WRAPPERS.test(call.callee) || call.hasUnknownArguments) return [];
  const { model } = modelOf(call.keywords.get("model_id") ?? call.keywords.get("model_name"));
  const held = call.keywords.get("model_kwargs");
  if (model === undefined || held?.entries === undefined) return [];
  const settings = keywordSettings(call);
  for (const [name, setting] of entrySettings(held, (name) => name.replaceAll("_", "-")))
    settings.set(name, setting);
  return [
    {
      system: "transformers",
      range: call.calleeRange,
      model,
      settings,
      commentedOut: new Map(),
      batching: new Map(),
      insertSetting: (name, value) => insertKeyword(call, name, value, facts.text),
    },
  ];
}
