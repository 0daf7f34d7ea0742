/**
 * Sensors of the kernel's hardware monitoring (/sys/class/hwmon), and of the older driver of NVIDIA's Jetson boards:
 * AMD and Intel GPUs, Grace, ACPI power meters of servers, INA chips of boards.
 */

import * as path from "node:path";
import { visibleGpus } from "./cuda-visible.ts";
import { type Channel, type Chip, isKnownChip, type Meaning, meanings, settleBoard } from "./hwmon-chips.ts";
import { kfdGpu, kfdProcesses } from "./kfd.node.ts";
import type {
  Attribution,
  Component,
  Discovery,
  Meter,
  MeterDescriptor,
  RejectedMeter,
  Roots,
} from "./meter.ts";
import { CounterFile, listFolder, readText, readUnsigned, whyUnreadable } from "./sysfs.node.ts";

/** A channel with the files that give its raw value: one, or two whose product it is. */
interface FiledChannel extends Channel {
  files: readonly string[];
}

interface FiledChip extends Chip {
  id: string;
  channels: readonly FiledChannel[];
  /** W, the largest limit that the driver lets one set. */
  limit?: number;
}

/** µJ and µW: what hwmon's energy and power files hold, and what mV x mA gives (Documentation/hwmon/sysfs-interface). */
const MICRO = 1e-6;

export function discoverHwmon(roots: Roots): Discovery {
  const chips = [...hwmonChips(roots), ...jetsonChips(roots)];
  const hidden = hiddenGpus(chips, roots);
  const found = settleBoard(chips.flatMap((chip) => meanings(chip)));
  const accepted: Meter[] = [];
  const rejected: RejectedMeter[] = [];
  for (const chip of chips) {
    for (const meaning of found.filter(({ channel }) => chip.channels.includes(channel as FiledChannel))) {
      const { files } = meaning.channel as FiledChannel;
      const code = files.map(whyUnreadable).find((why) => why !== undefined);
      if (code) rejected.push(unreadable(chip, meaning, code));
      else accepted.push(meterOf(chip, meaning, hidden.get(chip.id), roots));
    }
  }
  return { accepted, rejected };
}

function hwmonChips(roots: Roots): FiledChip[] {
  const top = path.join(roots.sys, "class/hwmon");
  return (listFolder(top) ?? []).flatMap((folder) => {
    const base = path.join(top, folder);
    const name = readText(path.join(base, "name")) ?? "";
    if (!isKnownChip(name)) return [];
    // ACPI's driver puts its files beside the device.
    const channels = [base, path.join(base, "device")].flatMap((place) => channelsOf(place, name));
    const uevent = readText(path.join(base, "device/uevent")) ?? "";
    const accuracy = /^([\d.]+)%$/.exec(readText(path.join(base, "device/power1_accuracy")) ?? "")?.[1];
    const cap =
      readUnsigned(path.join(base, "power1_cap_max")) ?? readUnsigned(path.join(base, "power1_max"));
    return [
      {
        id: `${folder}:${name}`,
        name,
        pci: /^PCI_SLOT_NAME=(.+)$/m.exec(uevent)?.[1] ?? folder,
        channels,
        accuracy: accuracy === undefined ? undefined : Number(accuracy) / 100,
        // Only the graphics units of APUs report the voltage of a north bridge (Documentation/gpu/amdgpu/thermal).
        integrated: name === "amdgpu" && readText(path.join(base, "in1_label")) === "vddnb",
        limit: cap ? cap / 1e6 : undefined,
      },
    ];
  });
}

function channelsOf(base: string, name: string): FiledChannel[] {
  const names = listFolder(base) ?? [];
  const has = (file: string) => names.includes(file);
  const text = (file: string) => (has(file) ? (readText(path.join(base, file)) ?? "") : "");
  const channels: FiledChannel[] = [];
  for (const file of names) {
    const energy = /^energy(\d+)_input$/.exec(file)?.[1];
    const power = /^power(\d+)_(average|input)$/.exec(file);
    if (energy) {
      const label = text(`energy${energy}_label`);
      channels.push({ name: `energy${energy}`, kind: "counter", label, files: [path.join(base, file)] });
    } else if (power && !(power[2] === "input" && has(`power${power[1]}_average`))) {
      const label = text(`power${power[1]}_label`) || text(`power${power[1]}_oem_info`);
      channels.push({ name: `power${power[1]}`, kind: "power", label, files: [path.join(base, file)] });
    } else if (name === "ina3221" && /^in[123]_input$/.test(file) && has(`curr${file[2]}_input`)) {
      const n = file[2]!;
      const files = [file, `curr${n}_input`].map((one) => path.join(base, one));
      if (text(`in${n}_enable`) !== "0") {
        channels.push({ name: `in${n}*curr${n}`, kind: "power", label: text(`in${n}_label`), files });
      }
    }
  }
  return channels;
}

/** Jetson before JetPack 5: an I2C driver of its own, with named rails and milliwatts. */
function jetsonChips(roots: Roots): FiledChip[] {
  const top = path.join(roots.sys, "bus/i2c/drivers/ina3221x");
  return (listFolder(top) ?? []).flatMap((device) =>
    (listFolder(path.join(top, device)) ?? [])
      .filter((name) => name.startsWith("iio:device"))
      .map((iio) => {
        const base = path.join(top, device, iio);
        const channels = [0, 1, 2].flatMap((n): FiledChannel[] => {
          const label = readText(path.join(base, `rail_name_${n}`));
          if (!label || label === "NC") return [];
          const files = [path.join(base, `in_power${n}_input`)];
          return [{ name: `in_power${n}`, kind: "power", label, files }];
        });
        return { id: `${device}:${iio}`, name: "ina3221", channels };
      }),
  );
}

/** GPUs that the run may not use by ROCm's or HIP's list, in the order of their PCI addresses. */
function hiddenGpus(chips: readonly FiledChip[], { env }: Roots): Map<string, string> {
  const variable = ["ROCR_VISIBLE_DEVICES", "HIP_VISIBLE_DEVICES"].find((name) => env[name] !== undefined);
  if (!variable) return new Map();
  const gpus = chips
    .filter(({ name, integrated }) => name === "amdgpu" && !integrated)
    .sort((a, b) => (a.pci ?? "").localeCompare(b.pci ?? ""));
  const { visible } = visibleGpus(
    gpus.map(({ id }) => ({ uuid: id, name: "", mig: [] })),
    { CUDA_VISIBLE_DEVICES: env[variable] },
  );
  const reason = `${variable} keeps the run from it`;
  return new Map(gpus.flatMap(({ id }, i) => (visible[i] ? [] : [[id, reason] as const])));
}

function meterOf(chip: FiledChip, meaning: Meaning, hidden: string | undefined, { sys }: Roots): Meter {
  const { channel, component, parts, label, error, errorSource } = meaning;
  const files = (channel as FiledChannel).files.map((file) => new CounterFile(file));
  const reason = hidden ?? meaning.uncounted;
  const kfd = chip.name === "amdgpu" && component === "gpu" ? kfdGpu(sys, chip.pci ?? "") : undefined;
  const descriptor: MeterDescriptor = {
    id: `hwmon:${chip.id}:${channel.name}`,
    component,
    parts,
    label,
    kind: channel.kind,
    method: "measured",
    instrument: `${chip.name} ${channel.kind === "counter" ? "energy counter" : "power"} (hwmon)`,
    unit: channel.name.startsWith("in_power") ? 1e-3 : MICRO,
    maxPower: chip.limit && component === "gpu" ? 1.3 * chip.limit : meaning.maxPower,
    error,
    errorSource,
    attribution: attributionOf(component, kfd !== undefined),
    counted: reason === undefined,
    uncountedReason: reason,
  };
  return {
    descriptor,
    ...(kfd === undefined ? {} : { processes: () => kfdProcesses(sys, kfd) }),
    read: () => files.reduce<number | null>((product, file) => times(product, file.read()), 1),
    close: () => {
      for (const file of files) file.close();
    },
  };
}

function attributionOf(component: Component, tellsProcesses: boolean): Attribution {
  if (component === "gpu") return tellsProcesses ? "gpu-process" : "whole";
  return component === "dram" ? "resident-memory" : "cpu-time";
}

function times(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a * b;
}

function unreadable(chip: FiledChip, { channel, component, label }: Meaning, code: string): RejectedMeter {
  const file = (channel as FiledChannel).files[0] ?? "";
  return {
    id: `hwmon:${chip.id}:${channel.name}`,
    component,
    label,
    reason: `${path.basename(file)} of ${chip.name} cannot be read (${code})${
      code === "EACCES" || code === "EPERM" ? ": the kernel keeps it to root" : ""
    }.`,
  };
}
