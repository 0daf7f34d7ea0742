/**
 * NVIDIA GPUs by NVML. Per GPU the energy counter (Volta and later) is counted, and the power reading is recorded beside
 * it as a check; where there is no counter, power is counted and integrated.
 */

import * as fs from "node:fs";
import * as path from "node:path";
import { readContainer } from "../hardware.node.ts";
import { visibleGpus } from "./cuda-visible.ts";
import type { Discovery, Meter, MeterDescriptor, RejectedMeter, Roots } from "./meter.ts";
import { COUNTER_ACCURACY, POWER_ACCURACY } from "./nvidia-accuracy.ts";
import { isValue } from "./nvml-binding.node.ts";
import { NVML, nvmlMeaning, nvmlRemedy } from "./nvml-errors.ts";
import { Gpu } from "./nvml-gpu.node.ts";
import { NvmlLibrary } from "./nvml-library.node.ts";

const LABEL = { id: "nvml", component: "gpu", label: "NVIDIA GPUs (NVML)" } as const;

const rejected = (reason: string, remedy?: string): Discovery => ({
  accepted: [],
  rejected: [{ ...LABEL, reason, remedy }],
});

const LIBRARY_FOLDERS = [
  "/usr/lib/x86_64-linux-gnu",
  "/usr/lib/aarch64-linux-gnu",
  "/usr/lib64",
  "/usr/lib",
  "/usr/lib/wsl/lib",
  "/usr/local/nvidia/lib64",
  "/run/opengl-driver/lib",
];

/** Where the library is worth loading: a file that exists, or a bare name while a driver or a usual place shows NVIDIA. */
function findLibrary(roots: Roots): string | undefined {
  const name = roots.nvml;
  if (name.includes("/") || name.includes("\\")) return fs.existsSync(name) ? name : undefined;
  const searched = [...(roots.env.LD_LIBRARY_PATH ?? "").split(":").filter(Boolean), ...LIBRARY_FOLDERS];
  const file = searched
    .map((folder) => path.join(folder, name))
    .find((candidate) => fs.existsSync(candidate));
  return file ?? (fs.existsSync(path.join(roots.proc, "driver/nvidia")) ? name : undefined);
}

/** How the host's GPUs come into a container. */
function hintFor(container: string): string {
  switch (container) {
    case "kubernetes":
      return "The node's GPUs appear in a container that asks for nvidia.com/gpu in its resources.";
    case "apptainer":
      return "The host's GPUs appear in the container when it is started with --nv.";
    case "podman":
      return "The host's GPUs appear in the container when it is started with --device nvidia.com/gpu=all (NVIDIA Container Toolkit, CDI).";
    default:
      return "In a container, the host's GPUs appear when it is started with --gpus all (NVIDIA Container Toolkit).";
  }
}

export function discoverNvml(roots: Roots): Discovery {
  const file = findLibrary(roots);
  if (!file) {
    const place = /[/\\]/.test(roots.nvml)
      ? `${roots.nvml} does not exist`
      : `no ${roots.nvml} and no driver was found`;
    // No remedy: where nothing shows a GPU, none is missing.
    const container = readContainer(roots);
    return rejected(`No NVIDIA driver: ${place}.${container ? ` ${hintFor(container)}` : ""}`);
  }
  let library: NvmlLibrary;
  try {
    library = new NvmlLibrary(file);
  } catch (error) {
    return rejected(`${file} could not be loaded: ${(error as Error).message}`);
  }
  const code = library.init();
  if (code !== NVML.success) return rejected(`NVML did not start: ${nvmlMeaning(code)}.`, nvmlRemedy(code));
  const count = library.deviceCount();
  if (!isValue(count))
    return rejected(`NVML lists no GPU: ${nvmlMeaning(count.code)}.`, nvmlRemedy(count.code));
  if (count.value === 0) return rejected("The NVIDIA driver is loaded and lists no GPU.");
  const found = discoverGpus(library, count.value, roots);
  if (found.accepted.length === 0) library.shutdown();
  else shutDownWithTheLast(found.accepted, library);
  return found;
}

function shutDownWithTheLast(meters: readonly Meter[], library: NvmlLibrary): void {
  let open = meters.length;
  for (const meter of meters) {
    meter.close = () => {
      if (--open === 0) library.shutdown();
    };
  }
}

function discoverGpus(library: NvmlLibrary, count: number, roots: Roots): Discovery {
  const gpus: Gpu[] = [];
  const lost: RejectedMeter[] = [];
  for (let index = 0; index < count; index++) {
    const device = library.device(index);
    const uuid = isValue(device) ? library.uuid(device.value) : device;
    if (!isValue(device) || !isValue(uuid)) {
      const code = isValue(uuid) ? 999 : uuid.code;
      lost.push({
        ...LABEL,
        id: `nvml:${index}`,
        label: `GPU ${index}`,
        reason: `It does not answer: ${nvmlMeaning(code)}.`,
        remedy: nvmlRemedy(code),
      });
      continue;
    }
    gpus.push(new Gpu(library, device.value, index, uuid.value, roots.proc));
  }
  const { visible, note } = visibleGpus(gpus, roots.env);
  const parts = gpus.map((gpu, i) => metersOf(gpu, visible[i]!, note));
  return {
    accepted: parts.flatMap((part) => part.accepted),
    rejected: [...lost, ...parts.flatMap((part) => part.rejected)],
  };
}

function metersOf(gpu: Gpu, visible: boolean, note: string | undefined): Discovery {
  const energy = gpu.probeEnergy();
  const power = gpu.probePower();
  const divided = gpu.isDivided
    ? `the GPU is divided (MIG): the energy is that of the whole GPU, shared out by the multiprocessors of the instances in use (an estimate: no instance has a meter)`
    : undefined;
  // The counter of a Grace Hopper covers the whole module, of which each has one GPU (zeus, pull request 172).
  const isModule = /\bGH200\b|Grace Hopper/.test(gpu.name);
  const module = isModule ? "the counter of this module covers the processor and its memory, too" : undefined;
  const common = {
    component: "gpu",
    parts: [`gpu:${gpu.uuid}`, ...(isModule ? [`cpu:${gpu.index}`, `dram:${gpu.index}`] : [])],
    label: `GPU ${gpu.index}`,
    method: "measured",
    unit: 0.001,
    maxPower: gpu.maxPower,
    attribution: "gpu-process",
    basis: [divided, module, note].filter(Boolean).join("; ") || undefined,
  } as const;
  const hidden = visible ? undefined : "CUDA_VISIBLE_DEVICES keeps the run from it";
  const powerId = `nvml:${gpu.uuid}:power`;
  const accepted: Meter[] = [];
  if (energy.usable) {
    const descriptor: MeterDescriptor = {
      ...common,
      id: `nvml:${gpu.uuid}:energy`,
      kind: "counter",
      instrument: `NVML energy counter, ${gpu.name}`,
      ...COUNTER_ACCURACY,
      counted: visible,
      uncountedReason: hidden,
      crossCheck: power.usable && visible && !isModule ? powerId : undefined,
    };
    accepted.push({ descriptor, read: () => gpu.energy(), processes: () => gpu.processes("energy") });
  }
  // Of a GPU that the run may not see, one reading is enough.
  if (power.usable && (visible || !energy.usable)) {
    const counted = visible && !energy.usable;
    const descriptor: MeterDescriptor = {
      ...common,
      id: powerId,
      kind: "power",
      instrument: `NVML power, ${gpu.name}`,
      ...POWER_ACCURACY,
      counted,
      uncountedReason: counted ? undefined : (hidden ?? "recorded to check the energy counter"),
    };
    accepted.push({ descriptor, read: () => gpu.power(), processes: () => gpu.processes("power") });
  }
  return { accepted, rejected: gpu.rejections(energy, power) };
}
