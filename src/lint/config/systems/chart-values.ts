/** Values of Helm charts that serve one model: the server's image, and the model beside it under a name of the chart's own. */

import type { ServingFact } from "../../facts.ts";
import { imageName } from "../launch.ts";
import { type ConfigNode, maps, type ScalarNode, scalarAt } from "../tree.ts";
import type { ReadContext } from "./system.ts";
import { factOfMap } from "./tree-fact.ts";

/** Where charts put the checkpoint's id. */
const PLACES: readonly (readonly string[])[] = [
  ["model", "id"],
  ["model", "name"],
  ["model", "repo"],
  ["model", "repository"],
  ["model", "modelId"],
  ["model", "huggingfaceId"],
  ["modelId"],
  ["model_id"],
  ["modelID"],
  ["modelName"],
  ["model"],
];

/** Facts of the system whose image a map of values names. */
export function chartValues(
  root: ConfigNode,
  context: ReadContext,
  system: string,
  image: RegExp,
): ServingFact[] {
  const facts: ServingFact[] = [];
  for (const { node } of maps(root)) {
    const repository = scalarAt(node, "image", "repository");
    const model = modelIn(node);
    if (repository === undefined || model === undefined || !image.test(imageName(repository.value))) continue;
    // Whatever quantizes under the chart's own names stands in the same values.
    const text = context.text
      .slice(root.range.start, root.range.end)
      .replace(/kv[-_]?cache[-_]?dtype.*/gi, "");
    if (/quanti[sz]|load[-_]?format|\b(?:awq|gptq|fp8|int[48]|bitsandbytes)\b/i.test(text)) continue;
    facts.push(factOfMap({ system, node, model, root, text: context.text }));
  }
  return facts;
}

function modelIn(node: ConfigNode): ScalarNode | undefined {
  for (const place of PLACES) {
    const found = scalarAt(node, ...place);
    if (found?.known && /^[\w.-]+\/[\w.-]+$/.test(found.value)) return found;
  }
  return undefined;
}
