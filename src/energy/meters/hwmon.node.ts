/**
 * Sensors of the kernel's hardware monitoring (/sys/class/hwmon), and of the older driver of NVIDIA's Jetson boards:
 * AMD and Intel GPUs, Grace, ACPI power meters of servers, INA chips of boards.
 */

import * as path from "node:path";
import { readContainer } from "../hardware.node.ts";
import { ACCUMULATOR_UNIT } from "./amd-energy-counter.node.ts";
import { type GpuCard, gpuCards } from "./gpu-cards.node.ts";
import {
  type FiledChannel,
  type FiledChip,
  hwmonChips,
  jetsonChips,
  openFile,
} from "./hwmon-channels.node.ts";
import { AMD_TABLE, type Meaning, meanings, settleBoard } from "./hwmon-chips.ts";
import type { Discovery, Meter, MeterDescriptor, RejectedMeter, Roots } from "./meter.ts";
import { whyUnreadable } from "./sysfs.node.ts";

/** µJ and µW: what hwmon's energy and power files hold, and what mV x mA gives (Documentation/hwmon/sysfs-interface). */
const MICRO = 1e-6;

export function discoverHwmon(roots: Roots): Discovery {
  const all = [...hwmonChips(roots), ...jetsonChips(roots)];
  const cards = gpuCards(all, roots);
  const chips = all.map((chip) => withoutDoubtful(chip, cards.get(chip.id)));
  const found = settleBoard(chips.flatMap((chip) => meanings(chip)));
  const accepted: Meter[] = [];
  const rejected: RejectedMeter[] = [];
  for (const chip of chips) {
    const ofChip: Meter[] = [];
    for (const meaning of found.filter(({ channel }) => chip.channels.includes(channel as FiledChannel))) {
      const { files } = meaning.channel as FiledChannel;
      const code = files.map(whyUnreadable).find((why) => why !== undefined);
      if (code) rejected.push(unreadable(chip, meaning, code, readContainer(roots) !== undefined));
      else ofChip.push(meterOf(chip, meaning, cards.get(chip.id)));
    }
    accepted.push(...ofChip);
    const [counter, power] = (["counter", "power"] as const).map((kind) =>
      ofChip.find(({ descriptor }) => descriptor.kind === kind && descriptor.component === "gpu"),
    );
    if (counter?.descriptor.counted && power) counter.descriptor.crossCheck = power.descriptor.id;
  }
  return { accepted, rejected };
}

function withoutDoubtful(chip: FiledChip, card: GpuCard | undefined): FiledChip {
  return card?.trustsCounter === false
    ? { ...chip, channels: chip.channels.filter(({ name }) => name !== AMD_TABLE) }
    : chip;
}

const SHARED_OUT =
  "shared out by the time that processes compute on it, of those that this user may look into; by their memory while none computes";

function meterOf(chip: FiledChip, meaning: Meaning, card: GpuCard | undefined): Meter {
  const { component, parts, label, error, errorSource } = meaning;
  const channel = meaning.channel as FiledChannel;
  const files = channel.files.map((file) => openFile(channel, file));
  const reason = card?.uncounted ?? meaning.uncounted;
  const id = `hwmon:${chip.id}:${channel.name}`;
  const descriptor: MeterDescriptor = {
    id,
    component,
    parts,
    label,
    kind: channel.kind,
    method: "measured",
    instrument: `${chip.name} ${channel.kind === "counter" ? "energy counter" : "power"} (${channel.name === AMD_TABLE ? AMD_TABLE : "hwmon"})`,
    unit: channel.name === AMD_TABLE ? ACCUMULATOR_UNIT : channel.name.startsWith("in_power") ? 1e-3 : MICRO,
    maxPower: chip.limit && component === "gpu" ? 1.3 * chip.limit : meaning.maxPower,
    error,
    errorSource,
    attribution: card
      ? "gpu-process"
      : component === "gpu"
        ? "whole"
        : component === "dram"
          ? "resident-memory"
          : "cpu-time",
    counted: reason === undefined,
    uncountedReason: reason,
    basis: card && `${errorSource}; ${SHARED_OUT}`,
  };
  return {
    descriptor,
    ...(card && !card.uncounted && { processes: () => card.processes(id) }),
    read: () => files.reduce<number | null>((product, file) => times(product, file.read()), 1),
    close: () => {
      for (const file of files) file.close();
    },
  };
}

function times(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a * b;
}

function unreadable(
  { id, name }: FiledChip,
  { channel, component, label }: Meaning,
  code: string,
  inContainer: boolean,
): RejectedMeter {
  const file = (channel as FiledChannel).files[0] ?? "";
  const isDenied = code === "EACCES" || code === "EPERM";
  return {
    id: `hwmon:${id}:${channel.name}`,
    component,
    label,
    reason: `${path.basename(file)} of ${name} cannot be read (${code})${isDenied ? ": only root may" : ""}.`,
    ...(isDenied && name === "amd_energy" && !inContainer && { fix: "sensor-group" as const }),
  };
}
