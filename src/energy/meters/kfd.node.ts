/** The kernel's driver for computing on AMD GPUs (ROCm's KFD, /sys/class/kfd), readable by everybody. */

import * as path from "node:path";
import type { GpuProcesses } from "./meter.ts";
import { listFolder, readText, readUnsigned } from "./sysfs.node.ts";

export interface KfdGpu {
  /** KFD's number of it, which names its files. */
  id: number;
  /** PCI address without domain, as one number. */
  location: number;
  domain: number;
  /** "gfx90a" is 90010, "gfx942" 90402. */
  target: number;
}

/** All GPUs that ROCm can compute on, graphics units in processors among them, in the order in which it counts them. */
export function kfdGpus(sys: string): KfdGpu[] {
  const nodes = path.join(sys, "class/kfd/kfd/topology/nodes");
  return (listFolder(nodes) ?? [])
    .sort((a, b) => Number(a) - Number(b))
    .flatMap((node) => {
      const id = readUnsigned(path.join(nodes, node, "gpu_id"));
      if (!id) return [];
      const properties = readText(path.join(nodes, node, "properties")) ?? "";
      const property = (name: string) =>
        Number(new RegExp(`^${name} (\\d+)$`, "m").exec(properties)?.[1] ?? 0);
      return [
        {
          id,
          location: property("location_id"),
          domain: property("domain"),
          target: property("gfx_target_version"),
        },
      ];
    });
}

export function isAt({ location, domain }: KfdGpu, pci: string): boolean {
  const [ofPci = 0, bus = 0, device = 0, part = 0] = pci
    .split(/[:.]/)
    .map((field) => Number.parseInt(field, 16));
  return domain === ofPci && location === bus * 256 + device * 8 + part;
}

/** Compute units in use now by process; bytes of the card's memory held by process. */
export function kfdUse(
  sys: string,
  gpus: readonly KfdGpu[],
): { units: GpuProcesses["weights"]; memory: GpuProcesses["weights"] } {
  const top = path.join(sys, "class/kfd/kfd/proc");
  const units = new Map<number, number>();
  const memory = new Map<number, number>();
  for (const name of listFolder(top) ?? []) {
    for (const { id } of gpus) {
      const busy = readUnsigned(path.join(top, name, `stats_${id}`, "cu_occupancy"));
      const bytes = readUnsigned(path.join(top, name, `vram_${id}`));
      if (busy) units.set(Number(name), (units.get(Number(name)) ?? 0) + busy);
      if (bytes) memory.set(Number(name), (memory.get(Number(name)) ?? 0) + bytes);
    }
  }
  return { units, memory };
}
