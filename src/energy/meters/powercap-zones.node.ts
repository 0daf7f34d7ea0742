/** The RAPL zones that the kernel's powercap framework shows. Only reads and names; what counts is decided in powercap.node.ts. */

import * as path from "node:path";
import type { Roots } from "./meter.ts";
import { listFolder, readText, readUnsigned, whyUnreadable } from "./sysfs.node.ts";

export type ZoneKind = "package" | "core" | "uncore" | "dram" | "psys" | "other";

export interface Zone {
  /** "intel-rapl:0", "intel-rapl:0:1", "intel-rapl-mmio:0". */
  id: string;
  folder: string;
  /** The kernel's name: "package-0", "package-0-die-1", "core", "dram", "psys". */
  name: string;
  kind: ZoneKind;
  /** Socket that it belongs to; a sub-zone has its parent's. */
  package?: number;
  die?: number;
  /** The same registers through the memory bus: never beside the zone of the same name. */
  mmio: boolean;
  /** µJ at which the counter starts anew; undefined when unreadable. */
  range?: number;
  /** Largest power limit that the zone names, W; undefined when it names none. */
  limit?: number;
  /** errno name when its counter cannot be read. */
  unreadable?: string;
}

export function powercapFolder(roots: Roots): string {
  return roots.powercap ?? path.join(roots.sys, "class/powercap");
}

/**
 * All zones below the powercap folder, by id. /sys/class/powercap lists every zone flat; /sys/devices/virtual/powercap
 * nests them. Undefined when the folder cannot be listed. Zones without a name (masked by a container) are left out.
 */
export function readZones(roots: Roots): { zones: Zone[]; named: number } | undefined {
  const top = powercapFolder(roots);
  const names = listFolder(top);
  if (!names) return undefined;
  const folders = new Map<string, string>();
  collect(top, names, folders);
  const zones: Zone[] = [];
  for (const [id, folder] of [...folders].sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }))) {
    const zone = readZone(id, folder, zones);
    if (zone) zones.push(zone);
  }
  // The registers' own zones come first, so that of two ways to one counter the usual one is counted.
  zones.sort((a, b) => Number(a.mmio) - Number(b.mmio));
  return { zones, named: folders.size };
}

function collect(folder: string, names: readonly string[], found: Map<string, string>): void {
  for (const name of names) {
    const child = path.join(folder, name);
    if (/^intel-rapl(-mmio)?(:\d+)+$/.test(name) && !found.has(name)) found.set(name, child);
    else if (!/^intel-rapl(-mmio)?$/.test(name)) continue;
    if (!found.has(`${name}:0`)) collect(child, listFolder(child) ?? [], found);
  }
}

function readZone(id: string, folder: string, before: readonly Zone[]): Zone | undefined {
  const name = readText(path.join(folder, "name"));
  if (name === undefined) return undefined;
  const parent = before.find((zone) => id.startsWith(`${zone.id}:`));
  const socket = /^package-(\d+)(?:-die-(\d+))?$/.exec(name);
  return {
    id,
    folder,
    name,
    kind: kindOf(name),
    package: socket ? Number(socket[1]) : parent?.package,
    die: socket?.[2] !== undefined ? Number(socket[2]) : parent?.die,
    mmio: id.startsWith("intel-rapl-mmio"),
    range: readUnsigned(path.join(folder, "max_energy_range_uj")) || undefined,
    limit: readLimit(folder),
    unreadable: whyUnreadable(path.join(folder, "energy_uj")),
  };
}

function kindOf(name: string): ZoneKind {
  if (name.startsWith("package")) return "package";
  return name === "core" || name === "uncore" || name === "dram" || name === "psys" ? name : "other";
}

/** The largest of the limits (long term, short term, peak) and of what they may be set to, W. */
function readLimit(folder: string): number | undefined {
  let microwatts = 0;
  for (let i = 0; i < 4; i++) {
    const limit = readUnsigned(path.join(folder, `constraint_${i}_power_limit_uw`));
    if (limit === undefined && readText(path.join(folder, `constraint_${i}_name`)) === undefined) break;
    microwatts = Math.max(
      microwatts,
      limit ?? 0,
      readUnsigned(path.join(folder, `constraint_${i}_max_power_uw`)) ?? 0,
    );
  }
  return microwatts > 0 ? microwatts / 1e6 : undefined;
}
