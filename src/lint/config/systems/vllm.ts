/**
 * vLLM: `vllm serve`, its OpenAI server module, the image vllm/vllm-openai, settings in YAML or JSON.
 * Source: docs.vllm.ai, "Engine Arguments" and "FP8 W8A8" (2026).
 */

import { modelInfo } from "../../models/model-id.ts";
import { imageName, isProgram, type Launch, program, pythonModule } from "../launch.ts";
import { splitItem } from "../launch-arguments.ts";
import { at, type ConfigNode, entriesOf, itemsOf, maps, textAt } from "../tree.ts";
import { chartValues } from "./chart-values.ts";
import { factOfLaunch, type ServingSystem } from "./system.ts";
import { factOfMap } from "./tree-fact.ts";

export const VLLM_QUANTIZATION = [
  "quantization",
  "q",
  "load-format",
  "hf-overrides-quantization",
  // Of images that take the engine's arguments from the environment.
  "QUANTIZATION",
  "VLLM_QUANTIZATION",
  "SM_VLLM_QUANTIZATION",
] as const;
const MODULE = /^vllm(\.|$)|^dynamo\.vllm$|vllm[\w/.]*api_server(\.py)?$|(^|\/)api_server\.py$/;
/** Names that vLLM's settings files have and few others. */
const OWN = new Set([
  "gpu-memory-utilization",
  "max-model-len",
  "tensor-parallel-size",
  "enforce-eager",
  "kv-cache-dtype",
  "served-model-name",
  "max-num-seqs",
  "max-num-batched-tokens",
  "enable-prefix-caching",
  "disable-log-requests",
  "enable-auto-tool-choice",
  "tool-call-parser",
]);

export const vllm: ServingSystem = {
  name: "vllm",
  title: "vLLM",
  servesLanguageModels: true,
  quantizationKeys: VLLM_QUANTIZATION,
  dtypeKeys: ["dtype"],
  quantize: {
    name: "quantization",
    value: "fp8",
    capability: 8.9,
    source: "vLLM documentation, FP8 W8A8 (docs.vllm.ai, 2026)",
  },
  fromLaunch(launch) {
    const words = wordsOf(launch);
    let fact =
      words &&
      factOfLaunch({
        system: "vllm",
        launch,
        words: [...words.rest, ...fromVariables(launch)],
        modelSwitches: ["model", "model-tag", "model-id", "model-gcs-uri", "model-uri"],
        modelVariables: ["VLLM_MODEL", "MODEL_NAME", "MODEL_ID", "MODEL", "HF_MODEL_ID", "SM_VLLM_MODEL"],
        positional: words.positional,
        variables:
          /^(QUANTIZATION|DTYPE|SM_VLLM_\w+|VLLM_QUANTIZATION|VLLM_DTYPE|VLLM_EXTRA_ARGS|LOAD_FORMAT)$/,
      });
    // A folder whose name says nothing, and beside it the checkpoint's name for clients.
    const called = fact?.settings.get("served-model-name");
    if (fact?.model !== undefined && called !== undefined && isFolder(fact.model.id) && isSized(called.value))
      fact = { ...fact, model: { id: called.value, range: called.range } };
    // Compiled for Neuron cores, or read by a vendor's plugin: its own configuration quantizes.
    const own = ["override-neuron-config", "additional-config", "hf-overrides"]
      .map((name) => fact?.settings.get(name))
      .find(
        (setting) => setting !== undefined && /quantiz(?!\w*["']?\s*:\s*(?:false|null))/i.test(setting.value),
      );
    if (fact !== undefined && own !== undefined)
      return { ...fact, settings: new Map(fact.settings).set("quantization", { ...own, value: "$" }) };
    // Switches that a variable holds: `VLLM_ARGS: "--quantization fp8"`.
    const switches = [...launch.environment.values()].find(({ value }) =>
      /--(?:quantization|load-format)[= ]/.test(value),
    );
    if (fact === undefined || switches === undefined) return fact;
    return { ...fact, settings: new Map(fact.settings).set("quantization", { ...switches, value: "$" }) };
  },
  fromTree(root, context) {
    const nodes = vllmSettings(root, 1) ? [root] : parts(root);
    const facts = nodes.map((node) =>
      factOfMap({
        system: "vllm",
        node,
        modelKeys: ["model", "model_tag", "model-tag"],
        text: context.text,
      }),
    );
    return facts.length > 0
      ? facts
      : chartValues(root, context, "vllm", /(?:^|[/_-])vllm(?![\w/-]*(?:router|sim|mock|cache))/);
  },
};

/** Switches of the server that its image takes from a variable: `VLLM_ARGS: "--model org/name"`. */
function fromVariables({ environment }: Launch): Launch["words"] {
  for (const [name, setting] of environment)
    if (/ARGS|FLAGS|OPTIONS/.test(name) && /(?:^|\s)--model[= ]/.test(setting.value))
      return splitItem(setting);
  return [];
}

/** A path of the machine, not of what a platform mounts, in which neither a size nor a precision stands. */
function isFolder(id: string): boolean {
  const { billions, quantization } = modelInfo(id);
  return /^\/(?!mnt\b|path\b)/.test(id) && billions === undefined && quantization === undefined;
}
const isSized = (name: string) =>
  /^(?:[\w.-]+\/)?[\w.-]+$/.test(name) && modelInfo(name).billions !== undefined;

/** Settings of vLLM within another program's file: `vllm: {model: ..., max_model_len: ...}`. */
function parts(root: ConfigNode): ConfigNode[] {
  return [...maps(root)]
    .filter(
      ({ node, path }) =>
        path.length > 0 &&
        vllmSettings(
          node,
          /^(?:vllm_)?engine[-_](?:args|config)$/.test(path.at(-1) ?? "") && usesVllm(root) ? 0 : 2,
        ),
    )
    .map(({ node }) => node);
}

/** A list of requirements with vLLM in it. */
function usesVllm(root: ConfigNode): boolean {
  return itemsOf(at(root, "requirements")).some(
    (item) => item.kind === "scalar" && /^vllm\b/.test(item.value),
  );
}

/**
 * Settings of vLLM (also model.json of Triton's vLLM backend): a model, and so many names that only vLLM has. A file for
 * `--config` may leave the model to the command line.
 */
function vllmSettings(node: ConfigNode, own: number): boolean {
  const names = entriesOf(node).map((entry) => entry.key.replaceAll("_", "-"));
  const ofVllm = names.filter((name) => OWN.has(name)).length;
  const model = textAt(node, "model") ?? textAt(node, "model_tag") ?? textAt(node, "model-tag");
  if (model === undefined && own === 1 && names.includes("quantization")) return ofVllm > 0;
  return model !== undefined && /[/\w-]{3,}/.test(model) && ofVllm >= own;
}

/** A container's arguments alone: a model, and switches that few other servers have. */
function ownSwitches(words: Launch["words"], model = /^model$/): boolean {
  if (words[0]?.value.startsWith("-") !== true) return false;
  const names = words.map(({ value }) => /^--([\w-]+)/.exec(value)?.[1]?.replaceAll("_", "-") ?? "");
  return names.some((name) => model.test(name)) && names.some((name) => OWN.has(name));
}

/** `python3 launcher.py --model_gcs_uri=...` of an image that is built on vLLM: what is not the launcher's own is vLLM's. */
function launcherOf(words: Launch["words"]): Launch["words"] | undefined {
  if (!isProgram(words[0], /^python3?$/) || !/\.py$/.test(words[1]?.value ?? "")) return undefined;
  const rest = words.slice(2);
  return ownSwitches(rest, /^model(?:-gcs-uri|-uri|-path|-id)?$/) ? rest : undefined;
}

function wordsOf(launch: Launch): { rest: Launch["words"]; positional: boolean } | undefined {
  const words = program(launch.words);
  const module = pythonModule(words);
  if (
    module !== undefined &&
    MODULE.test(module.module.value) &&
    !/bench|lmcache|collect_env|download/.test(module.module.value)
  ) {
    const serve = module.module.value === "vllm" && module.rest[0]?.value === "serve";
    return { rest: serve ? module.rest.slice(1) : module.rest, positional: serve };
  }
  if (isProgram(words[0], /^vllm$/))
    return words[1]?.value === "serve" ? { rest: words.slice(2), positional: true } : undefined;
  // A program that starts vLLM's container, by what it is told of it.
  if (startsContainer(launch)) return { rest: [], positional: false };
  const image = launch.image === undefined ? "" : imageName(launch.image.name);
  // A vendor's build goes by another name: its switches are vLLM's own.
  if (image !== "" && !/vllm/.test(image) && ownSwitches(words)) return { rest: words, positional: false };
  // So is an image that is built here.
  if (image === "" && launch.isBuilt && ownSwitches(words)) return { rest: words, positional: false };
  // A program of its own that asks a server.
  const asks = [...launch.environment.keys()].some((name) =>
    /^(?:VLLM|INFERENCE|LLM|OPENAI)_\w*(?:URL|ENDPOINT|API_BASE)$/.test(name),
  );
  if (asks && !/(?:^|\/)vllm[\w-]*$/.test(image)) return undefined;
  if (!/vllm/.test(image) || /router|lmcache_server|lmstack|production-stack-|(^|\/)[^/]*ray/.test(image))
    return undefined;
  const launched = launcherOf(words);
  if (launched !== undefined) return { rest: launched, positional: false };
  if (words[0]?.value === "serve") return { rest: words.slice(1), positional: true };
  // The image's own entry point is the server; newer images take the model free.
  if (words[0] === undefined || words[0].value.startsWith("-") || /^[\w.-]+\/[\w.-]+$/.test(words[0].value))
    return { rest: words, positional: /vllm-openai|vllm-cpu|vllm\/vllm/.test(image) };
  return undefined;
}

/** Variables with vLLM's image and its model; one that only sends requests has an address as well. */
function startsContainer({ environment }: Launch): boolean {
  const names = [...environment.keys()];
  return (
    environment.has("VLLM_MODEL") &&
    /vllm/.test(environment.get("VLLM_IMAGE")?.value ?? "") &&
    !names.some((name) => /^VLLM_\w*(?:URL|ENDPOINT|API_BASE|ARGS|QUANT)/.test(name))
  );
}
