/**
 * Memory and compute capability of accelerators, and how many an instance type has.
 *
 * Sources: NVIDIA's data sheets of each product (memory in GB as sold) and its table of CUDA compute capabilities; AMD's
 * Instinct data sheets; AWS, Google Cloud and Azure pages of accelerated instance types. Read 2026.
 */

export interface Accelerator {
  name: string;
  /** GB of one. */
  memory: number;
  /** CUDA compute capability; undefined for other makers. */
  capability?: number;
}

/** Names in the order they are looked for: longer ones before those they contain. */
const ACCELERATORS: readonly [RegExp, Accelerator][] = [
  [/gb200|b200/, { name: "B200", memory: 192, capability: 10 }],
  [/gh200/, { name: "GH200", memory: 96, capability: 9 }],
  [/h200/, { name: "H200", memory: 141, capability: 9 }],
  [/h100/, { name: "H100", memory: 80, capability: 9 }],
  [/h20\b/, { name: "H20", memory: 96, capability: 9 }],
  [/a100[-_ ]?(sxm4[-_ ]?)?80|a100.*80g|nvidia-a100-80/, { name: "A100 80GB", memory: 80, capability: 8 }],
  [
    /a100[-_ ]?(sxm4[-_ ]?|pcie[-_ ]?)?40|tesla-a100|a100.*40g/,
    { name: "A100 40GB", memory: 40, capability: 8 },
  ],
  [/a100/, { name: "A100", memory: 80, capability: 8 }],
  [/l40s?/, { name: "L40", memory: 48, capability: 8.9 }],
  [/\bl4\b|nvidia-l4|_l4/, { name: "L4", memory: 24, capability: 8.9 }],
  [/a10g?\b/, { name: "A10G", memory: 24, capability: 8.6 }],
  [/a6000/, { name: "RTX A6000", memory: 48, capability: 8.6 }],
  [/\ba40\b/, { name: "A40", memory: 48, capability: 8.6 }],
  [/rtx.?6000.?ada/, { name: "RTX 6000 Ada", memory: 48, capability: 8.9 }],
  [/5090/, { name: "RTX 5090", memory: 32, capability: 12 }],
  [/4090/, { name: "RTX 4090", memory: 24, capability: 8.9 }],
  [/3090/, { name: "RTX 3090", memory: 24, capability: 8.6 }],
  [/v100.*32/, { name: "V100 32GB", memory: 32, capability: 7 }],
  [/v100/, { name: "V100", memory: 16, capability: 7 }],
  [/p100/, { name: "P100", memory: 16, capability: 6 }],
  [/\bt4\b|tesla-t4|_t4/, { name: "T4", memory: 16, capability: 7.5 }],
  [/k80/, { name: "K80", memory: 12, capability: 3.7 }],
  [/mi325/, { name: "MI325X", memory: 256 }],
  [/mi300/, { name: "MI300X", memory: 192 }],
  [/mi250/, { name: "MI250X", memory: 128 }],
];

/** An accelerator by any of the ways it is written: "nvidia-l4", "A100-80GB", "NVIDIA-H100-80GB-HBM3". */
export function acceleratorNamed(name: string): Accelerator | undefined {
  const lower = name.toLowerCase();
  return ACCELERATORS.find(([pattern]) => pattern.test(lower))?.[1];
}

/** Family of an instance type to its accelerator, and sizes to their number (default 1). */
const INSTANCES: readonly [RegExp, string, Readonly<Record<string, number>>][] = [
  [/^(ml\.)?g4dn\./, "t4", { "12xlarge": 4, metal: 8 }],
  [/^(ml\.)?g5\./, "a10g", { "12xlarge": 4, "24xlarge": 4, "48xlarge": 8 }],
  [/^(ml\.)?g6\./, "nvidia-l4", { "12xlarge": 4, "24xlarge": 4, "48xlarge": 8 }],
  [/^(ml\.)?g6e\./, "l40s", { "12xlarge": 4, "24xlarge": 4, "48xlarge": 8 }],
  [/^(ml\.)?p3\./, "v100", { "8xlarge": 4, "16xlarge": 8 }],
  [/^(ml\.)?p3dn\./, "v100 32", { "24xlarge": 8 }],
  [/^(ml\.)?p4d\./, "a100-40", { "24xlarge": 8 }],
  [/^(ml\.)?p4de\./, "a100-80", { "24xlarge": 8 }],
  [/^(ml\.)?p5\./, "h100", { "48xlarge": 8 }],
  [/^(ml\.)?p5en?\./, "h200", { "48xlarge": 8 }],
  [/^(ml\.)?p2\./, "k80", { "8xlarge": 8, "16xlarge": 16 }],
];

export interface InstanceAccelerator {
  accelerator: Accelerator;
  count: number;
}

/** What an instance type of AWS, SageMaker, Google Cloud or Azure has. */
export function instanceAccelerator(type: string): InstanceAccelerator | undefined {
  const lower = type.toLowerCase().trim();
  for (const [pattern, name, counts] of INSTANCES) {
    if (!pattern.test(lower)) continue;
    const accelerator = acceleratorNamed(name);
    return accelerator && { accelerator, count: counts[lower.slice(lower.lastIndexOf(".") + 1)] ?? 1 };
  }
  const google = /^(a2-highgpu|a2-ultragpu|a2-megagpu|a3-highgpu|a3-megagpu|a3-ultragpu)-(\d+)g$/.exec(lower);
  if (google !== null) {
    const name = {
      "a2-ultragpu": "a100-80",
      "a3-highgpu": "h100",
      "a3-megagpu": "h100",
      "a3-ultragpu": "h200",
    }[google[1]!];
    return { accelerator: acceleratorNamed(name ?? "a100-40")!, count: Number(google[2]) };
  }
  const g2 = /^g2-standard-(\d+)$/.exec(lower);
  if (g2 !== null)
    return { accelerator: acceleratorNamed("nvidia-l4")!, count: { "24": 2, "48": 4, "96": 8 }[g2[1]!] ?? 1 };
  const azure = /^standard_n[cd]\w*?(\d+)\w*_(a100|h100|t4|v100|a10|h200)_v\d$/.exec(lower);
  if (azure !== null) {
    const cores = Number(azure[1]);
    const perCard = azure[2] === "h100" || azure[2] === "h200" ? 40 : azure[2] === "t4" ? 16 : 24;
    const count = lower.startsWith("standard_nd")
      ? 8
      : azure[2] === "t4" && cores < 64
        ? 1
        : Math.max(1, Math.floor(cores / perCard));
    return { accelerator: acceleratorNamed(azure[2] === "a100" ? "a100-80" : azure[2]!)!, count };
  }
  return undefined;
}
