/**
 * Which AMD GPUs a command may use (ROCm, "GPU isolation techniques"): ROCR_VISIBLE_DEVICES selects first, then
 * HIP_VISIBLE_DEVICES, or CUDA_VISIBLE_DEVICES in its place, out of what is left and in that order.
 */

export interface RocmGpu {
  pci: string;
  /** "GPU-" and the 16 digits of its unique id; absent where the card tells none. */
  uuid?: string;
}

/** PCI address of each hidden GPU, and the variable that hides it. `gpus` in ROCm's order. */
export function hiddenByRocm(
  gpus: readonly RocmGpu[],
  env: Readonly<Record<string, string | undefined>>,
): Map<string, string> {
  const hidden = new Map<string, string>();
  const hip = env.HIP_VISIBLE_DEVICES === undefined ? "CUDA_VISIBLE_DEVICES" : "HIP_VISIBLE_DEVICES";
  let left = [...gpus];
  for (const variable of ["ROCR_VISIBLE_DEVICES", hip]) {
    const list = env[variable];
    const chosen = list === undefined ? left : select(left, list);
    for (const gpu of left) if (!chosen.includes(gpu)) hidden.set(gpu.pci, variable);
    left = chosen;
  }
  return hidden;
}

/** The list ends at the first entry that names no GPU. One that cannot be read hides nothing. */
function select(gpus: readonly RocmGpu[], list: string): RocmGpu[] {
  const chosen: RocmGpu[] = [];
  for (const entry of list.split(",").map((part) => part.trim())) {
    const byId = /^GPU-/i.test(entry);
    if (byId && gpus.some(({ uuid }) => uuid === undefined)) return [...gpus];
    const gpu = byId
      ? gpus.find(({ uuid }) => uuid?.toLowerCase() === entry.toLowerCase())
      : /^\d+$/.test(entry)
        ? gpus[Number(entry)]
        : undefined;
    if (!gpu) break;
    chosen.push(gpu);
  }
  return chosen;
}
