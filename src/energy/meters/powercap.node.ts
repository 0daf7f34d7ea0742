/**
 * RAPL energy counters by Linux powercap: package and dram are counted; core and uncore are parts of the package, psys
 * contains it, so these are only recorded beside the sum.
 */

import * as path from "node:path";
import { readContainer, readProcessor, readVirtualization } from "../hardware.node.ts";
import type { Discovery, Meter, MeterDescriptor, RejectedMeter, Roots } from "./meter.ts";
import {
  folderMissing,
  nothingInFolder,
  permissionDenied,
  RAPL_MODULE,
  type Surroundings,
  unreadableZone,
} from "./powercap-reasons.ts";
import { powercapFolder, readZones, type Zone, type ZoneKind } from "./powercap-zones.node.ts";
import { isAmd, raplErrorOf } from "./rapl-error.ts";
import { MACHINE } from "./scopes.ts";
import { CounterFile, listFolder } from "./sysfs.node.ts";

export function discoverPowercap(roots: Roots): Discovery {
  const around: Surroundings = {
    platform: process.platform,
    container: readContainer(roots),
    virtualization: readVirtualization(roots),
    driverLoaded: listFolder(path.join(roots.sys, "module", RAPL_MODULE)) !== undefined,
  };
  const folder = powercapFolder(roots);
  const found = readZones(roots);
  if (!found) return { accepted: [], rejected: [folderMissing(folder, around)] };
  const zones = found.zones.filter((zone) => zone.kind !== "other");
  if (zones.length === 0) {
    return { accepted: [], rejected: [nothingInFolder(folder, found.named > 0, around)] };
  }
  const readable = zones.filter((zone) => zone.unreadable === undefined);
  const accepted = count(readable, readProcessor(roots).vendor);
  return { accepted, rejected: rejections(zones, around) };
}

function rejections(zones: readonly Zone[], around: Surroundings): RejectedMeter[] {
  const denied = zones.filter((zone) => zone.unreadable === "EACCES" || zone.unreadable === "EPERM");
  const broken = zones.filter((zone) => zone.unreadable && !denied.includes(zone));
  // Core and uncore are parts, and the MMIO zones are the same once more: they need no line of their own.
  const worthNaming = denied.filter((zone) => !zone.mmio && !isPart(zone));
  const labels = [...new Set(worthNaming.map(labelOf))];
  return [
    ...(labels.length > 0 ? [permissionDenied(labels, around)] : []),
    ...broken.map((zone) => unreadableZone(zone.id, labelOf(zone), zone.unreadable ?? "")),
  ];
}

/** Decides for each readable zone whether it adds to the sum. */
function count(zones: readonly Zone[], vendor: string): Meter[] {
  const seen: { zone: Zone; value: number | null }[] = [];
  const packages = zones.filter((zone) => zone.kind === "package");
  return zones.map((zone) => {
    const file = new CounterFile(path.join(zone.folder, "energy_uj"));
    const value = file.read();
    const reason = whyNotCounted(zone, value, seen, packages.length > 0, vendor);
    if (!reason) seen.push({ zone, value });
    const descriptor = describe(zone, vendor, packages, reason);
    return { descriptor, read: () => file.read(), close: () => file.close() };
  });
}

function isPart(zone: Zone): boolean {
  return zone.kind === "core" || zone.kind === "uncore";
}

/** Counters of different dies that differ by less than this, µJ, are one counter read twice (1 J: 10 ms at 100 W). */
const SAME_COUNTER = 1e6;

function whyNotCounted(
  zone: Zone,
  value: number | null,
  counted: readonly { zone: Zone; value: number | null }[],
  packageReadable: boolean,
  vendor: string,
): string | undefined {
  if (isPart(zone)) return "part of the package";
  if (zone.kind === "psys" && packageReadable) return "contains the package, which is counted";
  for (const other of counted) {
    if (other.zone.kind !== zone.kind || other.zone.package !== zone.package) continue;
    if (zone.mmio !== other.zone.mmio) return `the same counter as ${other.zone.id}, by another way`;
    if (other.zone.name === zone.name && other.zone.die === zone.die)
      return `the same zone as ${other.zone.id}`;
    const mirrored = value !== null && value > 0 && Math.abs(value - (other.value ?? 0)) < SAME_COUNTER;
    if (isAmd(vendor) || mirrored) {
      return `the dies of a socket share one counter, which is counted as ${other.zone.id}`;
    }
  }
  return undefined;
}

function labelOf(zone: Zone): string {
  const die = zone.die === undefined ? "" : ` die ${zone.die}`;
  const place = zone.package === undefined ? "" : ` ${zone.package}${die}`;
  switch (zone.kind) {
    case "package":
      return `CPU package${place}`;
    case "core":
      return `CPU package${place}: cores`;
    case "uncore":
      return `CPU package${place}: uncore (graphics)`;
    case "dram":
      return zone.package === undefined ? "RAM" : `RAM of package${place}`;
    default:
      return "Platform (psys)";
  }
}

function partOf(zone: Zone): string {
  if (zone.kind === "psys") return MACHINE;
  const die = zone.die === undefined ? "" : `:die-${zone.die}`;
  const place = `${zone.package ?? zone.id}${die}`;
  return zone.kind === "package" || zone.kind === "dram"
    ? `${zone.kind === "dram" ? "dram" : "cpu"}:${place}`
    : `cpu:${place}:${zone.kind}`;
}

/** Watts that a zone cannot exceed where it names no limit, and bounds for twice the limit that it names. */
const POWER: Record<Exclude<ZoneKind, "other">, { fallback: number; least: number; most: number }> = {
  package: { fallback: 1000, least: 100, most: 2000 },
  core: { fallback: 1000, least: 100, most: 2000 },
  uncore: { fallback: 1000, least: 100, most: 2000 },
  dram: { fallback: 400, least: 50, most: 800 },
  psys: { fallback: 2000, least: 250, most: 4000 },
};

function maxPower(zone: Zone, packages: readonly Zone[]): number {
  const bounds = POWER[zone.kind as Exclude<ZoneKind, "other">];
  const owner = isPart(zone) ? packages.find((other) => other.package === zone.package) : zone;
  const limit = owner?.limit;
  return limit === undefined ? bounds.fallback : Math.min(bounds.most, Math.max(bounds.least, 2 * limit));
}

function describe(
  zone: Zone,
  vendor: string,
  packages: readonly Zone[],
  uncountedReason: string | undefined,
): MeterDescriptor {
  return {
    id: `powercap:${zone.id}`,
    component: zone.kind === "dram" ? "dram" : zone.kind === "psys" ? "platform" : "cpu",
    parts: [partOf(zone)],
    label: labelOf(zone),
    kind: "counter",
    method: "measured",
    instrument: `RAPL ${zone.kind} (powercap${zone.mmio ? ", MMIO" : ""})`,
    unit: 1e-6,
    wrapsAt: zone.range,
    maxPower: maxPower(zone, packages),
    ...raplErrorOf(zone.kind, vendor),
    attribution: zone.kind === "dram" ? "resident-memory" : "cpu-time",
    counted: uncountedReason === undefined,
    uncountedReason,
  };
}
