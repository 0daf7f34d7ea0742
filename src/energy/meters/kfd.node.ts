/** Which processes compute on an AMD GPU, by the kernel's KFD (ROCm): /sys/class/kfd, readable by everybody. */

import * as path from "node:path";
import type { GpuProcesses } from "./meter.ts";
import { listFolder, readText, readUnsigned } from "./sysfs.node.ts";

/** KFD's number of the GPU at a PCI address; undefined where ROCm's driver does not know it. */
export function kfdGpu(sys: string, pci: string): number | undefined {
  const nodes = path.join(sys, "class/kfd/kfd/topology/nodes");
  const [domain = 0, bus = 0, device = 0, part = 0] = pci
    .split(/[:.]/)
    .map((field) => Number.parseInt(field, 16));
  const location = bus * 256 + device * 8 + part;
  for (const node of listFolder(nodes) ?? []) {
    const properties = readText(path.join(nodes, node, "properties")) ?? "";
    const property = (name: string) => Number(new RegExp(`^${name} (\\d+)$`, "m").exec(properties)?.[1] ?? 0);
    const id = readUnsigned(path.join(nodes, node, "gpu_id"));
    if (id && property("location_id") === location && property("domain") === domain) return id;
  }
  return undefined;
}

/** Weights by compute units in use now; by memory held while none is; null where nobody uses the GPU. */
export function kfdProcesses(sys: string, gpu: number): GpuProcesses | null {
  const top = path.join(sys, "class/kfd/kfd/proc");
  const units = new Map<number, number>();
  const memory = new Map<number, number>();
  for (const name of listFolder(top) ?? []) {
    const busy = readUnsigned(path.join(top, name, `stats_${gpu}`, "cu_occupancy"));
    const bytes = readUnsigned(path.join(top, name, `vram_${gpu}`));
    if (busy) units.set(Number(name), busy);
    if (bytes) memory.set(Number(name), bytes);
  }
  if (units.size > 0) return { weights: units, basis: "utilisation" };
  return memory.size > 0 ? { weights: memory, basis: "memory" } : null;
}
