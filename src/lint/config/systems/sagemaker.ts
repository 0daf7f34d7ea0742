/**
 * SageMaker's language model containers, by their environment: HF_MODEL_ID with TGI's or vLLM's settings, OPTION_* of DJL's
 * LMI, and serving.properties. Sources: Hugging Face on SageMaker, DJL Serving LMI documentation (2026).
 */

import type { ServingFact } from "../../facts.ts";
import { entriesOf, entryOf, type MapNode, maps, scalarAt, textAt } from "../tree.ts";
import { environmentOf } from "../tree-environment.ts";
import type { ServingSystem } from "./system.ts";
import { factOfMap } from "./tree-fact.ts";

export const SAGEMAKER_QUANTIZATION = [
  "HF_MODEL_QUANTIZE",
  "QUANTIZE",
  "SM_VLLM_QUANTIZATION",
  "OPTION_QUANTIZE",
  "OPTION_QUANTIZATION",
  "quantize",
  "quantization",
  "quantization-config",
  "load-in-8bit",
] as const;

/** The quantization variable of the container whose variables stand there: vLLM's, DJL's or TGI's. */
export function quantizationVariable(names: Iterable<string>): string {
  const all = [...names];
  if (all.some((name) => name.startsWith("SM_VLLM_"))) return "SM_VLLM_QUANTIZATION";
  return all.some((name) => name.startsWith("OPTION_")) ? "OPTION_QUANTIZE" : "HF_MODEL_QUANTIZE";
}

/** Writes the switch under that variable's name. */
export function withOwnVariable(fact: ServingFact): ServingFact {
  const { insertSetting } = fact;
  if (insertSetting === undefined) return fact;
  return {
    ...fact,
    insertSetting: (name, value) =>
      insertSetting(name === "HF_MODEL_QUANTIZE" ? quantizationVariable(fact.settings.keys()) : name, value),
  };
}

export const sagemaker: ServingSystem = {
  name: "sagemaker",
  title: "SageMaker",
  servesLanguageModels: true,
  quantizationKeys: SAGEMAKER_QUANTIZATION,
  dtypeKeys: ["DTYPE", "SM_VLLM_DTYPE", "OPTION_DTYPE", "dtype"],
  quantize: {
    name: "HF_MODEL_QUANTIZE",
    value: "fp8",
    capability: 8.9,
    source: "Text Generation Inference, launcher arguments (2026)",
  },
  fromTree(root, context) {
    const facts = [];
    for (const { node } of maps(root)) {
      const model =
        scalarAt(node, "HF_MODEL_ID") ??
        scalarAt(node, "OPTION_MODEL_ID") ??
        scalarAt(node, "SM_VLLM_MODEL") ??
        // Modules of Terraform take it by this name.
        (/^ml\./.test(textAt(node, "instance_type") ?? "") ? scalarAt(node, "hf_model_id") : undefined);
      if (model !== undefined)
        facts.push(
          factOfMap({
            system: "sagemaker",
            node,
            model,
            root,
            text: context.text,
            rename: (key) => key,
            anchor: entriesOf(node).find((entry) => entry.value === model)!,
          }),
        );
      else if (entryOf(node, "option.model_id") !== undefined)
        facts.push(
          factOfMap({
            system: "djl",
            node,
            modelKeys: ["option.model_id"],
            text: context.text,
            rename: (key) => key.replace(/^option\./, "").replaceAll("_", "-"),
          }),
        );
      else if (!imageHolder(node)) {
        const environment = environmentOf(node);
        const id = environment.get("HF_MODEL_ID") ?? environment.get("OPTION_MODEL_ID");
        if (id?.known && entryOf(node, "env")?.value.kind === "list")
          facts.push({
            ...factOfMap({
              system: "sagemaker",
              node,
              root,
              text: context.text,
              environment,
              rename: (key) => key,
            }),
            range: id.range,
            model: { id: id.value, range: id.range },
          });
      }
    }
    return facts.map((fact) => (fact.system === "sagemaker" ? withOwnVariable(fact) : fact));
  },
};

/** The catalogue's own deployments: 16-bit weights unless the id names a quantized variant. */
export const jumpstart: ServingSystem = {
  name: "jumpstart",
  title: "SageMaker JumpStart",
  servesLanguageModels: true,
  quantizationKeys: [...SAGEMAKER_QUANTIZATION, "config-name"],
  dtypeKeys: [],
};

/** Containers with a known image are read as launches. */
function imageHolder(node: MapNode): boolean {
  const image = scalarAt(node, "image")?.value ?? "";
  return /text-generation-inference|vllm|tgi/i.test(image);
}

export const djl: ServingSystem = {
  name: "djl",
  title: "DJL Serving (LMI)",
  servesLanguageModels: true,
  quantizationKeys: ["quantize", "quantization", "load-in-8bit", "load-in-4bit"],
  dtypeKeys: ["dtype"],
  quantize: {
    name: "option.quantize",
    value: "fp8",
    capability: 8.9,
    source: "DJL Serving, LMI vLLM user guide: option.quantize=fp8 (2026)",
  },
  fromText: ({ text }) => writtenProperties(text),
};

const HUB_ID = "([\\w.-]+/[\\w.-]+)";
const MODELS = [
  new RegExp(`option\\.model_id\\s*=\\s*["']?${HUB_ID}`),
  new RegExp(`snapshot_download\\(\\s*(?:repo_id\\s*=\\s*)?["']${HUB_ID}`),
  new RegExp(`(?:huggingface-cli|\\bhf) download\\s+["']?${HUB_ID}`),
];

/** A script that writes serving.properties, line by line or at once, beside the checkpoint that it downloads. */
function writtenProperties(text: string): ServingFact[] {
  if (!/\bserving\.properties\b/.test(text) || !/\boption\.\w+\s*=/.test(text)) return [];
  if (/quanti[sz]|load_in_[48]bit/i.test(text)) return [];
  for (const pattern of MODELS) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const id = match[1]!;
    const start = match.index + match[0].length - id.length;
    const range = { start, end: start + id.length };
    const settings: ServingFact["settings"] = new Map();
    return [
      { system: "djl", range, model: { id, range }, settings, commentedOut: new Map(), batching: new Map() },
    ];
  }
  return [];
}
