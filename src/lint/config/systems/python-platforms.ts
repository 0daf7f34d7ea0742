/**
 * Platforms that Python programs hand a container or a checkpoint to: Docker, Vertex AI's `Model.upload`, Azure ML's deployments and
 * the hub's inference endpoints. Sources: google-cloud-aiplatform (`serving_container_*`), huggingface_hub (`create_inference_endpoint`, 2026).
 */

import type { ServingFact } from "../../facts.ts";
import type { Call, PythonFacts, Value } from "../../python/python-facts.ts";
import type { Launch, Setting } from "../launch.ts";
import { readShell } from "../shell.ts";
import type { Word } from "../words.ts";
import type { ModelOf } from "./python-sagemaker.ts";
import { addedQuantization } from "./python-switches.ts";
import { entrySettings, literalOf } from "./python-values.ts";

/** `Model.upload(serving_container_image_uri=..., serving_container_args=[...])`: the container that Vertex AI starts. */
export function ofContainers(
  facts: PythonFacts,
  wordsOf: (list: Value) => Word[],
  modelOf: ModelOf,
): Launch[] {
  return [...ofDocker(facts, wordsOf), ...ofUploads(facts, wordsOf, modelOf)];
}

/** `client.containers.run("vllm/vllm-openai", ["--model", "org/name"])`: the Docker SDK for Python. */
function ofDocker({ calls }: PythonFacts, wordsOf: (list: Value) => Word[]): Launch[] {
  return calls.flatMap(({ method, receiver, args, keywords, range }) => {
    if (method !== "run" || !/(?:^|\.)containers$/.test(receiver?.text ?? "")) return [];
    const image = args[0] ?? keywords.get("image");
    const name = literalOf(image);
    if (image === undefined || typeof name !== "string") return [];
    const command = args[1] ?? keywords.get("command");
    const text = literalOf(command);
    const written =
      typeof text === "string" ? readShell(text, command!.range.start + 1).commands[0] : undefined;
    const words = written?.words ?? (command?.items === undefined ? [] : wordsOf(command));
    const environment = new Map<string, Setting>();
    for (const [key, setting] of entrySettings(keywords.get("environment") ?? image))
      environment.set(key, { ...setting, known: !setting.value.startsWith("$") });
    return [{ image: { name, range: image.range }, words, environment, range }];
  });
}

function ofUploads(facts: PythonFacts, wordsOf: (list: Value) => Word[], modelOf: ModelOf): Launch[] {
  return facts.calls.flatMap(({ method, keywords, range }) => {
    const ofAzure =
      method === "ManagedOnlineDeployment" ? keywords.get("environment")?.call?.keywords : undefined;
    const image = keywords.get("serving_container_image_uri") ?? ofAzure?.get("image");
    if (image === undefined) return [];
    const name = literalOf(image);
    const lists = ["serving_container_command", "serving_container_args"].map((key) => keywords.get(key));
    const variables =
      keywords.get("serving_container_environment_variables") ?? keywords.get("environment_variables");
    // What is built elsewhere may hold any switch.
    if ([...lists, variables].some((one) => one !== undefined && !one.items && !one.entries)) return [];
    const environment = new Map<string, Setting>();
    for (const [key, setting] of variables === undefined ? [] : entrySettings(variables)) {
      const held = variables!.entries?.find((entry) => entry.key.literal === key)?.value;
      const given = setting.value.startsWith("$") ? modelOf(held).model : undefined;
      const value = given?.id ?? setting.value;
      environment.set(key, { ...setting, value, known: !value.startsWith("$") });
    }
    const added = variables?.name === undefined ? undefined : addedQuantization(facts, variables.name);
    if (added !== undefined)
      environment.set("QUANTIZE", { value: "$added", range: added, keyRange: added, known: false });
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
