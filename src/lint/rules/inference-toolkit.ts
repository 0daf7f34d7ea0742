/**
 * Hugging Face's inference toolkit on SageMaker: `HuggingFaceModel(env={"HF_MODEL_ID": ..., "HF_TASK": ...})` in a container with
 * transformers 4 makes a pipeline without a precision. Source: sagemaker-huggingface-inference-toolkit (2024).
 */

import { literalOf } from "../config/systems/python-values.ts";
import type { Call, PythonFacts } from "../python/python-facts.ts";
import { GENERATIVE_TASKS, worthIt } from "./served-loads.ts";

/** The id that such a container is given for a GPU or for hardware that the program does not name. */
export function toolkitModel(call: Call, facts: PythonFacts): string | undefined {
  if (call.method !== "HuggingFaceModel") return undefined;
  const version = String(literalOf(call.keywords.get("transformers_version")));
  const variables = call.keywords.get("env")?.entries ?? [];
  const held = (name: string) => literalOf(variables.find(({ key }) => key.literal === name)?.value);
  const id = held("HF_MODEL_ID");
  if (!/^[34]\./.test(version) || typeof id !== "string") return undefined;
  const instances = facts.strings.filter(({ value }) => /^ml\.\w+\.\w+$/.test(value));
  if (instances.length > 0 && !instances.some(({ value }) => /^ml\.[gp]\d/.test(value))) return undefined;
  return worthIt(id, GENERATIVE_TASKS.test(String(held("HF_TASK")))) ? id : undefined;
}
