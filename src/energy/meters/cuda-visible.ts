/**
 * Which GPUs a command may use, by CUDA_VISIBLE_DEVICES (CUDA C++ Programming Guide, "CUDA Environment Variables").
 * Entries are indices in CUDA's order, unambiguous beginnings of UUIDs, or MIG ids; the list ends at the first entry
 * that names no device.
 */

export interface VisibleCandidate {
  uuid: string;
  name: string;
  /** UUIDs of its MIG instances. */
  mig: readonly string[];
}

export interface Visibility {
  visible: boolean[];
  /** What a reader should know of how the list was read. */
  note?: string;
}

/** One flag per GPU; `gpus` in PCI bus order, as NVML lists them. */
export function visibleGpus(
  gpus: readonly VisibleCandidate[],
  env: Readonly<Record<string, string | undefined>>,
): Visibility {
  const list = env.CUDA_VISIBLE_DEVICES;
  if (list === undefined) return { visible: gpus.map(() => true) };
  const visible = gpus.map(() => false);
  let byIndex = false;
  for (const entry of list.split(",").map((part) => part.trim())) {
    const index = /^\d+$/.test(entry) ? Number(entry) : undefined;
    byIndex ||= index !== undefined;
    const found = index ?? findByUuid(gpus, entry);
    if (found === undefined || found >= gpus.length) break;
    visible[found] = true;
  }
  const models = new Set(gpus.map((gpu) => gpu.name));
  const ambiguous =
    byIndex && models.size > 1 && env.CUDA_DEVICE_ORDER !== "PCI_BUS_ID" && visible.includes(false);
  return ambiguous
    ? {
        visible,
        note: `CUDA_VISIBLE_DEVICES=${list} counts in CUDA's own order, fastest first, and the GPUs differ: which ones it names is taken in PCI order and may be wrong. Set CUDA_DEVICE_ORDER=PCI_BUS_ID or use UUIDs to be sure.`,
      }
    : { visible };
}

function findByUuid(gpus: readonly VisibleCandidate[], entry: string): number | undefined {
  if (entry.startsWith("MIG-")) {
    // Before driver 470: MIG-GPU-<uuid>/<gpu instance>/<compute instance>.
    const parent = /^MIG-(GPU-[^/]+)/.exec(entry)?.[1];
    return only(gpus, (gpu) => (parent ? gpu.uuid === parent : gpu.mig.some((id) => id.startsWith(entry))));
  }
  return entry.startsWith("GPU-") ? only(gpus, (gpu) => gpu.uuid.startsWith(entry)) : undefined;
}

function only(
  gpus: readonly VisibleCandidate[],
  matches: (gpu: VisibleCandidate) => boolean,
): number | undefined {
  const found = gpus.flatMap((gpu, index) => (matches(gpu) ? [index] : []));
  return found.length === 1 ? found[0] : undefined;
}
