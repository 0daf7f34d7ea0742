/**
 * What the channels of hardware-monitoring chips measure, by the kernel's names for chips and channels. A chip that is
 * not here, or a rail that nobody has named, is not guessed at.
 */

import type { Component } from "./meter.ts";
import { MACHINE } from "./scopes.ts";

/** Name of amdgpu's binary table, and of the channel that is read from it. */
export const AMD_TABLE = "gpu_metrics";

/** One reading that a chip offers, before anything is known of what it measures. */
export interface Channel {
  /** "energy1", "power1", "in1*curr1" */
  name: string;
  kind: "counter" | "power";
  /** The kernel's or the maker's name for it; empty where there is none. */
  label: string;
}

export interface Chip {
  /** The driver's name: "amdgpu", "ina3221". */
  name: string;
  /** PCI address where it is a PCI device. */
  pci?: string;
  channels: readonly Channel[];
  /** Relative accuracy that the firmware states, 0 to 1. */
  accuracy?: number;
  /** True for a graphics unit in the processor: its power is that of the whole chip. */
  integrated?: boolean;
}

export interface Meaning {
  channel: Channel;
  component: Component;
  parts: readonly string[];
  label: string;
  maxPower: number;
  error: number;
  errorSource: string;
  /** Why it is not counted. */
  uncounted?: string;
}

const INA =
  "assumed 5 %: the chip itself is within 0.5 % (INA219 data sheet, Texas Instruments), the board's shunt resistor usually within 1 %; what the board loses before the sensor is not seen";
const FIRMWARE_GPU = "assumed 10 %: the GPU's firmware computes it, and its maker publishes no accuracy";

export function isKnownChip(name: string): boolean {
  return describers(name) !== undefined;
}

/** What each channel of a known chip measures; empty for others. */
export function meanings(chip: Chip): Meaning[] {
  return describers(chip.name)?.(chip) ?? [];
}

function describers(name: string): ((chip: Chip) => Meaning[]) | undefined {
  if (name === "amdgpu" || name === "i915" || name === "xe") return gpu;
  if (name === "power_meter") return acpiMeter;
  if (/^ina\d+$/.test(name)) return inaRails;
  if (name === "amd_energy") return amdEnergy;
  return name === "macsmc_hwmon" ? appleSmc : undefined;
}

function gpu({ name, pci, channels, integrated }: Chip): Meaning[] {
  // The card contains its package; an energy counter tells more than a power reading.
  const order = (channel: Channel) =>
    (channel.kind === "counter" ? 0 : 4) + (channel.label === "card" ? 0 : channel.label === "pkg" ? 2 : 1);
  const maker = name === "amdgpu" ? "AMD" : "Intel";
  return [...channels]
    .sort((a, b) => order(a) - order(b))
    .map((channel, i) => ({
      channel,
      component: integrated ? "cpu" : "gpu",
      parts: integrated ? ["cpu", `gpu:${pci}`] : [`gpu:${pci}`],
      label: integrated ? "Processor with graphics (AMD)" : `GPU ${maker} ${pci ?? ""}`.trim(),
      maxPower: 2500,
      error: 0.1,
      errorSource: FIRMWARE_GPU,
      uncounted: i === 0 ? undefined : "another reading of the same GPU is counted",
    }));
}

/** ACPI power meters: NVIDIA names its rails in the OEM field; others measure what the whole server takes in. */
function acpiMeter({ channels, accuracy }: Chip): Meaning[] {
  const error =
    accuracy === undefined
      ? { error: 0.05, errorSource: "assumed 5 %: the firmware states no accuracy" }
      : { error: 1 - accuracy, errorSource: "the accuracy that the firmware states (ACPI, power1_accuracy)" };
  return channels.map((channel): Meaning => {
    const grace = /^(Module|Grace|CPU|SysIO) Power Socket (\d+)$/.exec(channel.label);
    if (!grace) {
      const label = channel.label || "Whole machine (ACPI power meter)";
      return { channel, component: "platform", parts: [MACHINE], label, maxPower: 20_000, ...error };
    }
    const [, rail, socket] = grace;
    const common = { channel, label: channel.label, maxPower: 3000, ...error };
    switch (rail) {
      // Cores, system part and memory: "Grace Power" in NVIDIA's Grace Performance Tuning Guide.
      case "Grace":
        return {
          ...common,
          component: "cpu",
          parts: [`cpu:${socket}`, `dram:${socket}`],
          label: `Grace CPU ${socket} with memory`,
        };
      case "Module":
        return {
          ...common,
          component: "platform",
          parts: [`cpu:${socket}`, `dram:${socket}`],
          uncounted: "contains the Grace CPU and the GPU, which have meters of their own",
        };
      default:
        return {
          ...common,
          component: "cpu",
          parts: [`cpu:${socket}:${rail}`],
          uncounted: "part of the Grace CPU",
        };
    }
  });
}

/** Rails that feed a whole module: NVIDIA Jetson's names, then usual ones. */
const WHOLE_BOARD = /^(VDD_IN|POM_5V_IN|VIN|VDD_5V_IN|SYS_IN|DC_IN|TOTAL)$/i;
/** Jetson AGX has no rail that feeds all: these add up to it. */
const JETSON_RAILS: Readonly<Record<string, { component: Component; part: string }>> = {
  CPU: { component: "cpu", part: "cpu:rail" },
  VDD_CPU_CV: { component: "cpu", part: "cpu:rail" },
  VDD_CPU_GPU_CV: { component: "cpu", part: "cpu:rail" },
  GPU: { component: "gpu", part: "gpu:rail" },
  VDD_GPU_SOC: { component: "gpu", part: "gpu:rail" },
  VDDRQ: { component: "dram", part: "dram:rail" },
  VDDQ_VDD2_1V8AO: { component: "dram", part: "dram:rail" },
};

function inaRails({ name, channels }: Chip): Meaning[] {
  return channels.map((channel): Meaning => {
    const rail = channel.label;
    const common = { channel, maxPower: 500, error: 0.05, errorSource: INA };
    if (WHOLE_BOARD.test(rail)) {
      return { ...common, component: "platform", parts: [MACHINE], label: `Whole board (${rail})` };
    }
    const known = JETSON_RAILS[rail];
    if (known) return { ...common, component: known.component, parts: [known.part], label: `Rail ${rail}` };
    return {
      ...common,
      component: "platform",
      parts: [`rail:${rail}`],
      label: rail ? `Rail ${rail}` : `Sensor ${name}, ${channel.name}`,
      uncounted: "nothing tells which part of the machine this rail feeds",
    };
  });
}

/** The amd_energy driver: one counter per socket and one per core. */
function amdEnergy({ channels }: Chip): Meaning[] {
  return channels.flatMap((channel): Meaning[] => {
    const socket = /^Esocket(\d+)$/.exec(channel.label)?.[1];
    if (socket === undefined) return [];
    return [
      {
        channel,
        component: "cpu",
        parts: [`cpu:${socket}`],
        label: `CPU package ${socket}`,
        maxPower: 1000,
        error: 0.1,
        errorSource:
          "assumed 10 %: AMD's counter follows a model of the processor, not a measurement (Schöne et al. 2021, arXiv:2108.00808)",
      },
    ];
  });
}

/** Apple's system management controller as Asahi Linux shows it. */
function appleSmc({ channels }: Chip): Meaning[] {
  return channels.flatMap((channel): Meaning[] =>
    /^Total System Power$/i.test(channel.label)
      ? [
          {
            channel,
            component: "platform",
            parts: [MACHINE],
            label: "Whole machine (SMC)",
            maxPower: 1000,
            error: 0.1,
            errorSource: "assumed 10 %: Apple publishes no accuracy",
          },
        ]
      : [],
  );
}

/** Where a rail feeds the whole board, the rails behind it are parts of what it measures. */
export function settleBoard(all: readonly Meaning[]): Meaning[] {
  const whole = all.find(({ parts, uncounted }) => parts.includes(MACHINE) && !uncounted);
  if (!whole || !/^Whole board/.test(whole.label)) return [...all];
  return all.map((meaning) =>
    meaning === whole || meaning.uncounted || !/^Rail |^Whole board/.test(meaning.label)
      ? meaning
      : { ...meaning, uncounted: `part of ${whole.label}` },
  );
}
