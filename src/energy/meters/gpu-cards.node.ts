/**
 * AMD's and Intel's GPUs among the hardware-monitoring chips: which of them the run may use, which are halves of one module,
 * and who computes on each.
 */

import * as fs from "node:fs";
import * as path from "node:path";
import { readContainer } from "../hardware.node.ts";
import { hasEnergyCounter } from "./amd-energy-counter.node.ts";
import { DrmClients } from "./drm-clients.node.ts";
import type { FiledChip } from "./hwmon-channels.node.ts";
import { isAt, type KfdGpu, kfdGpus, kfdUse } from "./kfd.node.ts";
import type { GpuProcesses, Roots } from "./meter.ts";
import { hiddenByRocm } from "./rocm-visible.ts";
import { sharedAnswer } from "./shared-answer.ts";
import { listFolder, readText } from "./sysfs.node.ts";

export interface GpuCard {
  /** Why it is not counted. */
  uncounted?: string;
  /** Of the energy counter, if the chip has one that can be believed. */
  trustsCounter: boolean;
  /** Null where the kernel does not tell. */
  processes: (asker: string) => GpuProcesses | null;
}

/** By the chip's id; graphics units in processors are none, as their power is the processor's. */
export function gpuCards(chips: readonly FiledChip[], roots: Roots): Map<string, GpuCard> {
  const cards = chips.filter(({ name, integrated }) => /^(amdgpu|i915|xe)$/.test(name) && !integrated);
  if (cards.length === 0) return new Map();
  const kfd = kfdGpus(roots.sys);
  const clients = new DrmClients(roots.proc);
  const modules = joinHalves(cards);
  const hidden = hiddenByRocm(inRocmOrder(chips, kfd), roots.env);
  return new Map(
    cards.map((chip) => {
      const primary = modules.get(chip)!;
      const halves = cards.filter((other) => modules.get(other) === primary);
      const ofKfd = kfd.filter((gpu) => halves.some(({ pci }) => pci !== undefined && isAt(gpu, pci)));
      const read = () => whoUsed(halves, ofKfd, clients, roots.sys);
      const devices = halves.flatMap(devicesOf);
      const card: GpuCard = {
        uncounted: whyUncounted(chip, primary, halves, hidden) ?? whyOutOfReach(devices, roots),
        trustsCounter: chip.name !== "amdgpu" || ofKfd.some(({ target }) => hasEnergyCounter(target)),
        processes: sharedAnswer(read),
      };
      return [chip.id, card] as const;
    }),
  );
}

function whyUncounted(
  chip: FiledChip,
  primary: FiledChip,
  halves: readonly FiledChip[],
  hidden: ReadonlyMap<string, string>,
): string | undefined {
  if (chip !== primary) return `half of a module: its power is in that of ${primary.pci}`;
  const by = halves.map(({ pci = "" }) => hidden.get(pci));
  return by.every((variable) => variable !== undefined) ? `${by[0]} keeps the run from it` : undefined;
}

/** Files of the card below /dev/dri: "card0", "renderD128". */
function devicesOf({ folder }: FiledChip): string[] {
  return listFolder(path.join(folder, "device/drm")) ?? [];
}

/** A container sees the host's sensors, and the devices that it was given. */
function whyOutOfReach(devices: readonly string[], roots: Roots): string | undefined {
  const isThere = (name: string) => fs.existsSync(path.join(roots.dev ?? "/dev", "dri", name));
  return devices.length > 0 && !devices.some(isThere) && readContainer(roots) !== undefined
    ? "the container was not given this GPU"
    : undefined;
}

/**
 * The two halves of an MI250 are two PCI devices, and only the first one tells the module's power; the second says 0 W and
 * a limit of 0 W. Each chip's primary.
 */
function joinHalves(cards: readonly FiledChip[]): Map<FiledChip, FiledChip> {
  const primaries = new Map<FiledChip, FiledChip>();
  let last: FiledChip | undefined;
  for (const chip of [...cards].sort(byPci)) {
    const isSecond = chip.saysNothing === true && last?.name === chip.name;
    if (!isSecond) last = chip;
    primaries.set(chip, last!);
  }
  return primaries;
}

/** KFD's order; by PCI address where it does not know them. */
function inRocmOrder(chips: readonly FiledChip[], kfd: readonly KfdGpu[]) {
  const amd = chips.filter(({ name }) => name === "amdgpu");
  const at = (gpu: KfdGpu) => amd.find(({ pci }) => pci !== undefined && isAt(gpu, pci));
  const counted = kfd.flatMap((gpu) => at(gpu) ?? []);
  const others = amd.filter((chip) => !counted.includes(chip) && !chip.integrated).sort(byPci);
  return [...counted, ...others].map(({ pci = "", folder }) => {
    const id = readText(path.join(folder, "device/unique_id"));
    return { pci, ...(id && { uuid: `GPU-${id}` }) };
  });
}

function byPci(a: FiledChip, b: FiledChip): number {
  const [one = "", other = ""] = [a.pci, b.pci];
  return one < other ? -1 : one > other ? 1 : 0;
}

/**
 * ROCm's queues are in KFD's account only, graphics and other interfaces in that of their open devices. Who computes comes
 * before who only holds memory; empty: nobody has it open.
 */
function whoUsed(
  halves: readonly FiledChip[],
  ofKfd: readonly KfdGpu[],
  clients: DrmClients,
  sys: string,
): GpuProcesses | null {
  const kfd = kfdUse(sys, ofKfd);
  const opened = halves.map((chip) => clients.use(chip.pci ?? "", devicesOf(chip)));
  if (kfd.units.size > 0) return { weights: kfd.units, basis: "utilisation" };
  const told = opened.filter((use) => use !== null);
  const computing = told.filter(({ basis }) => basis === "utilisation");
  if (computing.length > 0) return { ...computing[0]!, weights: join(computing) };
  if (kfd.memory.size > 0) return { weights: kfd.memory, basis: "memory" };
  return told[0] && told.length === opened.length ? { ...told[0], weights: join(told) } : null;
}

function join(all: readonly GpuProcesses[]): Map<number, number> {
  const sum = new Map<number, number>();
  for (const { weights } of all) {
    for (const [pid, weight] of weights) sum.set(pid, (sum.get(pid) ?? 0) + weight);
  }
  return sum;
}
