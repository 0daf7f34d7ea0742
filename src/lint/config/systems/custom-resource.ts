/**
 * Kubernetes resources of operators that serve a language model: the resource names the checkpoint, the operator starts vLLM
 * or another server for it. Known kinds have readers of their own; these are read by what all of them share.
 * Sources: the CRDs of llmaz (OpenModel), Kaito (Workspace), AIBrix, Nebari's LLM serving pack, SageMaker HyperPod's
 * inference operator (InferenceEndpointConfig, JumpStartModel) (2026).
 */

import { modelInfo } from "../../models/model-id.ts";
import { at, type ConfigNode, maps, type ScalarNode, scalarAt, scalars, textAt } from "../tree.ts";
import { isSet, type ServingSystem, tellingName } from "./system.ts";
import { factOfMap } from "./tree-fact.ts";
import { VLLM_QUANTIZATION } from "./vllm.ts";

/** What serves is called so; jobs that train or measure are not. */
const KIND = /^(?:LLM\w*|\w*Model|Model\w*|\w*Inference\w*|Playground|Workspace|\w*Endpoint|\w*Predictor)$/;
const NO_SERVER =
  /train|tun(?:e|ing)|eval|bench|dataset|cache|registry|route|pool|objective|adapter|quota|policy|template|runtime/i;
/** Kinds that are read elsewhere, or hold no language model of the hub. */
const READ_ELSEWHERE =
  /^(?:InferenceService|LLMInferenceService(?:Config)?|InferenceGraph|SeldonDeployment)$/;
const CORE = /^(?:v1|apps\/|batch\/|.*k8s\.io\/|kubeai\.org\/|.*kubeflow\.org\/|production-stack\.)/;
const MODEL_KEYS =
  /^(?:model|models?[-_]?(?:id|name|uri|url|repo)|id|name|repo(?:sitory|[-_]?id)?|uri|hugging[-_]?face(?:[-_]?id|[-_]?repo)?|source|url)$/i;

export const customResource: ServingSystem = {
  name: "custom-resource",
  title: "The operator",
  servesLanguageModels: true,
  quantizationKeys: VLLM_QUANTIZATION,
  dtypeKeys: ["dtype"],
  fromTree(root, context) {
    const kind = textAt(root, "kind") ?? "";
    const version = textAt(root, "apiVersion") ?? "";
    const spec = at(root, "spec") ?? at(root, "inference");
    if (spec === undefined || version === "" || CORE.test(version)) return [];
    if (!KIND.test(kind) || READ_ELSEWHERE.test(kind) || NO_SERVER.test(kind)) return [];
    const model = modelIn(spec) ?? presetIn(spec, version) ?? nameOfEndpoint(spec, version);
    if (model === undefined || quantizes(spec) || isSetElsewhere(spec, version, context.text)) return [];
    return [
      factOfMap({ system: "custom-resource", node: holderOf(spec, model), model, root, text: context.text }),
    ];
  },
};

function modelIn(spec: ConfigNode): ScalarNode | undefined {
  const found = scalars(spec).filter(
    ({ node, path }) =>
      node.known &&
      (/^(?:(?:hf|huggingface):\/\/)?[\w.-]+\/[\w.-]+$/.test(node.value) || isStored(node.value)) &&
      MODEL_KEYS.test(path.at(-1) ?? "") &&
      path.some((key) => /model|source|preset|inference/i.test(key)) &&
      !path.some((key) => /image|draft|adapter|lora|token|storage|volume|label|annotation/i.test(key)),
  );
  return found.length === 1 ? found[0]!.node : undefined;
}

/** A bucket's or a volume's folder that is called as the checkpoint in it: `s3://bucket/Qwen2.5-7B-Instruct`. */
function isStored(uri: string): boolean {
  const [, folder] = /^(?:s3|gs|oss|az|abfss?|pvc|oci):\/\/\S*\/([\w.-]+)\/?$/.exec(uri) ?? [];
  return folder !== undefined && modelInfo(folder).kind === "generative";
}

/** Kaito's own names for the checkpoints that it knows: "llama-3.1-8b-instruct". */
function presetIn(spec: ConfigNode, version: string): ScalarNode | undefined {
  const name = scalarAt(spec, "preset", "name") ?? scalarAt(spec, "template", "inference", "preset", "name");
  return version.startsWith("kaito.sh/") && name?.known && modelInfo(name.value).kind === "generative"
    ? name
    : undefined;
}

/** HyperPod: an id of JumpStart's catalogue, or weights in a bucket or on a file system under a name of the resource's own. */
function nameOfEndpoint(spec: ConfigNode, version: string): ScalarNode | undefined {
  if (!version.startsWith("inference.sagemaker.aws.amazon.com/")) return undefined;
  const names = [
    scalarAt(spec, "model", "modelId"),
    scalarAt(spec, "modelSourceConfig", "modelLocation"),
    scalarAt(spec, "modelName"),
    scalarAt(spec, "endpointName"),
  ].flatMap((name) => (name?.known ? name : []));
  // Of what was compiled for an engine the precision is not known.
  const image = textAt(spec, "worker", "image") ?? "";
  if (/nim|trt|triton|neuron/i.test(image)) return undefined;
  const told = tellingName(names);
  return told !== undefined && modelInfo(told.value).kind === "generative" ? told : undefined;
}

/** Kaito: the engine's settings are a ConfigMap's, which may stand in the same file. */
function isSetElsewhere(spec: ConfigNode, version: string, text: string): boolean {
  const config = version.startsWith("kaito.sh/") ? textAt(spec, "config") : undefined;
  if (config === undefined) return false;
  const isHere = /^kind:\s*ConfigMap\b/m.test(text) && text.split(config).length > 2;
  return !isHere || /^\s*quantization:\s*[^\s#]/m.test(text);
}

function holderOf(spec: ConfigNode, model: ScalarNode): ConfigNode {
  return maps(spec).find(({ node }) => node.entries.some(({ value }) => value === model))?.node ?? spec;
}

function quantizes(spec: ConfigNode): boolean {
  return scalars(spec).some(({ node, path }) =>
    /quanti[sz]|load[-_]?format/i.test(path.at(-1) ?? "")
      ? !node.known || isSet(node.value)
      : /quanti[sz]|bitsandbytes|gguf/i.test(node.value),
  );
}
