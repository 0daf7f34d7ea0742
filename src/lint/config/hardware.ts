/** Accelerators where manifests say them: limits, node selectors, compose reservations, SkyPilot, Ray, BentoML. */

import type { ServingFact } from "../facts.ts";
import { acceleratorNamed, instanceAccelerator } from "../models/accelerators.ts";
import { pattern } from "../pattern.ts";
import { at, type ConfigNode, type MapNode, maps, scalars, textAt } from "./tree.ts";

const GPU_KEY = /^(nvidia\.com\/(gpu|mig-.*)|amd\.com\/gpu|num_gpus|num_gpus_per_worker|requestGPU|gpus?)$/;
const KIND_KEY = pattern()`
  ^(
    cloud\.google\.com\/gke-accelerator|nvidia\.com\/gpu\.product|k8s\.amazonaws\.com\/accelerator|
    karpenter\.k8s\.aws\/instance-gpu-name|gpu_type|accelerator_type|accelerators|accelerator|gpuType|
    node\.kubernetes\.io\/instance-type|beta\.kubernetes\.io\/instance-type|instance_type|instanceType|
    InstanceType|resourceProfile|gpu_ids
  )$
`;

/** The accelerator of a container (or anywhere in the document, when no container is given). */
export function acceleratorIn(root: ConfigNode, container: MapNode | undefined): ServingFact["accelerator"] {
  let count: number | undefined;
  let kind: string | undefined;
  let range = container?.range ?? root.range;
  const scope = container ?? root;
  for (const { node, path } of scalars(scope)) {
    const key = path.at(-1) ?? "";
    if (!GPU_KEY.test(key) || !node.known) continue;
    const value = Number(node.value);
    if (!Number.isFinite(value) || (key === "num_gpus" && path.includes("headGroupSpec"))) continue;
    if (count === undefined || value > count) {
      count = value;
      range = node.range;
    }
  }
  for (const { node } of maps(scope)) {
    const devices = at(node, "reservations", "devices", 0);
    if (devices?.kind !== "map") continue;
    const named = textAt(devices, "count");
    const ids = at(devices, "device_ids");
    range = devices.range;
    if (ids?.kind === "list") count = ids.items.length;
    else if (named !== undefined && /^\d+$/.test(named)) count = Number(named);
    else count ??= 1;
  }
  for (const { node, path } of scalars(root)) {
    const key = path.at(-1) ?? "";
    if (!KIND_KEY.test(key) || !node.known) {
      const skyPilot = /^([A-Z]\w*(?:-\w+)*)$/.exec(key);
      if (skyPilot === null || path.at(-2) !== "accelerators") continue;
      kind = key;
      count = Number(node.value) || 1;
      continue;
    }
    const withCount = /^([A-Za-z][\w -]*?):(\d+)$/.exec(node.value);
    const name = withCount?.[1] ?? node.value;
    if (acceleratorNamed(name) === undefined && instanceAccelerator(name) === undefined) continue;
    kind = name;
    if (withCount !== null) count = Number(withCount[2]);
    if (count === undefined) {
      range = node.range;
      count = instanceAccelerator(name)?.count;
    }
    break;
  }
  if (kind === undefined && count === undefined) return undefined;
  return { range, ...(kind === undefined ? {} : { kind }), ...(count === undefined ? {} : { count }) };
}
