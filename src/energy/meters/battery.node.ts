/**
 * What a laptop takes out of its batteries: the whole machine with its display, and only while nothing charges them.
 * Models stand in while it is silent.
 */

import * as path from "node:path";
import type { Discovery, MeterDescriptor, RejectedMeter, Roots } from "./meter.ts";
import { MACHINE } from "./scopes.ts";
import { listFolder, readText } from "./sysfs.node.ts";

const LABEL = { id: "battery", component: "platform", label: "Battery discharge" } as const;

export function discoverBattery(roots: Roots): Discovery {
  const top = path.join(roots.sys, "class/power_supply");
  const batteries = (listFolder(top) ?? [])
    .map((name) => path.join(top, name))
    .filter((folder) => isSystemBattery(folder));
  if (batteries.length === 0) return { accepted: [], rejected: [] };
  const supplies = (listFolder(top) ?? []).map((name) => path.join(top, name)).filter(isExternal);
  const states = batteries.map((folder) => readText(path.join(folder, "status")) ?? "unknown");
  if (!states.includes("Discharging") || isPluggedIn(supplies)) {
    return { accepted: [], rejected: [onMains(states)] };
  }
  // Plugged in, a battery may discharge all the same: to its charge limit, or beside a weak supply.
  const read = () => (isPluggedIn(supplies) ? null : discharge(batteries));
  if (read() === null) {
    const reason = "The battery is discharging, and its driver tells neither power nor current and voltage.";
    return { accepted: [], rejected: [{ ...LABEL, reason }] };
  }
  const descriptor: MeterDescriptor = {
    ...LABEL,
    label: "Whole machine (battery)",
    parts: [MACHINE],
    kind: "power",
    method: "measured",
    instrument: "Battery discharge (power_supply)",
    unit: 1e-6,
    maxPower: 400,
    error: 0.1,
    errorSource:
      "assumed 10 %: fuel gauges average over seconds to a minute; the accuracy that ACPI asks of the firmware (_BIX) is not passed on by Linux",
    attribution: "cpu-time",
    counted: true,
    intermittent: true,
  };
  return { accepted: [{ descriptor, read }], rejected: [] };
}

/** Mice and headsets have batteries, too: theirs have the scope "Device". */
function isSystemBattery(folder: string): boolean {
  const field = (name: string) => readText(path.join(folder, name));
  return field("type") === "Battery" && field("scope") !== "Device" && field("present") !== "0";
}

/** Sockets of the machine; a headset on its charger has the scope "Device". */
function isExternal(folder: string): boolean {
  const type = readText(path.join(folder, "type")) ?? "";
  return /^(Mains|USB|Wireless)/.test(type) && readText(path.join(folder, "scope")) !== "Device";
}

/** 1: plugged in; 2: by a programmable supply. */
function isPluggedIn(supplies: readonly string[]): boolean {
  return supplies.some((folder) => /^[12]$/.test(readText(path.join(folder, "online")) ?? ""));
}

function onMains(states: readonly string[]): RejectedMeter {
  return {
    ...LABEL,
    reason: `Plugged in, the battery tells nothing of what the machine uses (${[...new Set(states)].join(", ").toLowerCase()}). A run that begins on battery is measured by it where nothing better measures the processor.`,
  };
}

/** µW out of all batteries together; null while one of them charges, none discharges, or one cannot be read. */
function discharge(folders: readonly string[]): number | null {
  let sum = 0;
  let discharging = false;
  for (const folder of folders) {
    const status = readText(path.join(folder, "status"));
    if (status === "Charging" || status === undefined) return null;
    if (status !== "Discharging") continue;
    discharging = true;
    // Nothing runs on 0 W: firmware that does not know says so, too.
    const power = signed(folder, "power_now") || product(folder);
    if (!power) return null;
    sum += Math.abs(power);
  }
  return discharging ? sum : null;
}

/** µA x µV in µW. */
function product(folder: string): number | undefined {
  const current = signed(folder, "current_now");
  const voltage = signed(folder, "voltage_now");
  return current === undefined || voltage === undefined ? undefined : (current * voltage) / 1e6;
}

/** Some drivers give what flows out with a minus. */
function signed(folder: string, name: string): number | undefined {
  const text = readText(path.join(folder, name));
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined;
}
