/** How many copies of a service a document asks for. */

import type { ServingFact } from "../facts.ts";
import { at, type ConfigNode, entryOf, maps, numberAt } from "./tree.ts";

/** Replicas of the document: of a Deployment, of a predictor, of Ray's autoscaling. */
export function replicasIn(root: ConfigNode): ServingFact["replicas"] {
  for (const { node } of maps(root)) {
    for (const key of ["minReplicas", "min_replicas", "minReplicaCount"]) {
      const entry = entryOf(node, key);
      const min = numberAt(node, key);
      if (entry !== undefined && min !== undefined)
        return { min, autoscaled: true, range: entry.value.range };
    }
    const fixed = numberAt(node, "replicas") ?? numberAt(node, "replicaCount");
    const entry = entryOf(node, "replicas") ?? entryOf(node, "replicaCount");
    if (fixed !== undefined && entry !== undefined && at(node, "selector") !== undefined)
      return { fixed, autoscaled: false, range: entry.value.range };
  }
  return undefined;
}
