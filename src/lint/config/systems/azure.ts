/**
 * Azure ML's online deployments of a registry's model, in YAML and in Python: its inference container loads the checkpoint in
 * 16 bits. Source: Azure Machine Learning documentation, managed online endpoints (2026).
 */

import type { ServingFact } from "../../facts.ts";
import { modelInfo } from "../../models/model-id.ts";
import type { Call, PythonFacts, Value } from "../../python/python-facts.ts";
import { at, scalarAt, textAt } from "../tree.ts";
import type { ModelOf } from "./python-sagemaker.ts";
import { literalOf } from "./python-values.ts";
import type { ServingSystem } from "./system.ts";

/** `azureml://registries/HuggingFace/models/NAME/labels/latest` */
const REGISTRY = /^azureml:\/\/registries\/[\w-]+\/models\/([\w.-]+)/;

export const azure: ServingSystem = {
  name: "azure",
  title: "Azure ML",
  servesLanguageModels: true,
  quantizationKeys: ["QUANTIZATION", "QUANTIZE", "LOAD_IN_4BIT", "LOAD_IN_8BIT"],
  dtypeKeys: ["DTYPE", "TORCH_DTYPE"],
  fromTree(root) {
    const model = scalarAt(root, "model");
    const kind = scalarAt(root, "instance_type");
    // A scoring script decides itself.
    if (model === undefined || kind === undefined || at(root, "code_configuration") !== undefined) return [];
    const id = REGISTRY.exec(model.value)?.[1];
    if (id === undefined || textAt(root, "endpoint_name") === undefined) return [];
    return [factOf(id, model.range, { kind: kind.value, range: kind.range })];
  },
};

function factOf(
  id: string,
  range: ServingFact["range"],
  accelerator: ServingFact["accelerator"],
): ServingFact {
  return {
    system: "azure",
    range,
    model: { id, range },
    settings: new Map(),
    commentedOut: new Map(),
    batching: new Map(),
    ...(accelerator === undefined ? {} : { accelerator }),
  };
}

/** `ManagedOnlineDeployment(model=..., instance_type="Standard_NC24s_v3")` without a scoring script or a container of its own. */
export function ofDeployment(call: Call, facts: PythonFacts, modelOf: ModelOf): ServingFact[] {
  const { keywords } = call;
  if (call.method !== "ManagedOnlineDeployment" || keywords.has("code_configuration")) return [];
  if (keywords.has("environment") || call.hasUnknownArguments) return [];
  const kind = keywords.get("instance_type");
  const named = keywords.get("model");
  if (named === undefined || kind === undefined) return [];
  const written = modelOf(named).model?.id ?? modelOf(inRegistry(named, facts)).model?.id;
  const id = written && (REGISTRY.exec(written)?.[1] ?? written);
  if (id === undefined || modelInfo(id).kind !== "generative") return [];
  const type = literalOf(kind) ?? modelOf(kind).model?.id;
  return [factOf(id, named.range, typeof type === "string" ? { kind: type, range: kind.range } : undefined)];
}

/** For `found.id` what was asked of the registry: `found = registry.models.get(name="...")`. */
function inRegistry(named: Value, { calls }: PythonFacts): Value | undefined {
  const holder = /^(\w+)(?:\.id)?$/.exec(named.name ?? "")?.[1];
  const found = calls.filter(
    ({ method, receiver, targets }) =>
      method === "get" && /\bmodels$/.test(receiver?.text ?? "") && targets.includes(holder ?? ""),
  );
  return found.length === 1 ? (found[0]!.keywords.get("name") ?? found[0]!.args[0]) : undefined;
}
