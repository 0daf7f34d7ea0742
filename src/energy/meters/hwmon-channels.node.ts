/** Reads what channels the chips of /sys/class/hwmon and of older Jetson boards have; what they mean is in hwmon-chips.ts. */

import * as path from "node:path";
import { AmdEnergyCounter } from "./amd-energy-counter.node.ts";
import { AMD_TABLE, type Channel, type Chip, isKnownChip } from "./hwmon-chips.ts";
import type { Roots } from "./meter.ts";
import { CounterFile, listFolder, readText, readUnsigned } from "./sysfs.node.ts";

/** A channel with the files that give its raw value: one, or two whose product it is. */
export interface FiledChannel extends Channel {
  files: readonly string[];
}

export interface FiledChip extends Chip {
  id: string;
  folder: string;
  channels: readonly FiledChannel[];
  /** W, the largest limit that the driver lets one set. */
  limit?: number;
  /** True where it tells a power and a limit of 0 W: the second half of a module. */
  saysNothing?: boolean;
}

/** The chips whose channels have a known meaning. */
export function hwmonChips(roots: Roots): FiledChip[] {
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
    const power = ["average", "input"].map((kind) => readUnsigned(path.join(base, `power1_${kind}`)));
    return [
      {
        id: `${folder}:${name}`,
        folder: base,
        name,
        pci: /^PCI_SLOT_NAME=(.+)$/m.exec(uevent)?.[1] ?? folder,
        channels: name === "amdgpu" ? [...channels, ...tableChannel(base)] : channels,
        accuracy: accuracy === undefined ? undefined : Number(accuracy) / 100,
        // Only the graphics units of APUs report the voltage of a north bridge (Documentation/gpu/amdgpu/thermal).
        integrated: name === "amdgpu" && readText(path.join(base, "in1_label")) === "vddnb",
        limit: cap ? cap / 1e6 : undefined,
        saysNothing: cap === 0 && power.some((value) => value === 0),
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
export function jetsonChips(roots: Roots): FiledChip[] {
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
        return { id: `${device}:${iio}`, folder: base, name: "ina3221", channels };
      }),
  );
}

/** AMD's energy accumulator, where the firmware fills it; whether its unit is known is decided by the card. */
function tableChannel(base: string): FiledChannel[] {
  const file = path.join(base, "device", AMD_TABLE);
  return new AmdEnergyCounter(file).read() === null
    ? []
    : [{ name: AMD_TABLE, kind: "counter", label: "", files: [file] }];
}

/** Reads one file of a channel again and again. */
export function openFile({ name }: Channel, file: string): CounterFile | AmdEnergyCounter {
  return name === AMD_TABLE ? new AmdEnergyCounter(file) : new CounterFile(file);
}
