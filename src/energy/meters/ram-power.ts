/** Power of memory by its size, from three published models. It never falls when memory grows. */

import type { Watts } from "./load-curves.ts";

const GIB = 2 ** 30;

/** W per GB: Cloud Carbon Footprint 0.392, CodeCarbon 2 and Eco2AI 0.375, Green Algorithms 0.3725. */
const MOST_PER_GB = 0.392;
const LEAST_PER_GB = 0.3725;

/**
 * CodeCarbon 3.3.0 counts modules of 5 W (at least 10 W, 0.9 of it from the fifth, 0.8 from the ninth on). Its guess of
 * the modules jumps for sizes that no machine has, so it is read at powers of two only: [GB, W].
 */
const BY_MODULES: readonly (readonly [gb: number, watts: number])[] = [
  [16, 10],
  [32, 20],
  [64, 20],
  [128, 38],
  [256, 38],
  [1024, 38],
  [2048, 70],
];

/**
 * Installed size of a machine whose kernel manages `bytes`: the next usual size upwards, as firmware and graphics keep a
 * part (251 GB shown is 256 GB installed). Usual sizes are 4, 5, 6 or 7 times a power of two.
 */
export function installedBytes(bytes: number): number {
  if (bytes <= GIB) return GIB;
  const eighth = 2 ** (Math.floor(Math.log2(bytes)) - 2);
  return Math.ceil(bytes / eighth) * eighth;
}

/** Watts of `gb` of installed memory. low and high are the least and the most of the models, mid their geometric mean. */
export function installedWatts(gb: number): Watts {
  const modules = byModules(gb);
  const low = Math.min(modules, LEAST_PER_GB * gb);
  const high = Math.max(modules, MOST_PER_GB * gb);
  return { low, mid: Math.sqrt(low * high), high };
}

function byModules(gb: number): number {
  const first = BY_MODULES[0]!;
  const last = BY_MODULES.at(-1)!;
  if (gb <= first[0]) return first[1];
  if (gb >= last[0]) return (last[1] * gb) / last[0];
  const after = BY_MODULES.findIndex(([size]) => size >= gb);
  const [x0, y0] = BY_MODULES[after - 1]!;
  const [x1, y1] = BY_MODULES[after]!;
  return y0 + ((y1 - y0) * (gb - x0)) / (x1 - x0);
}

/** Watts of a part of a host's memory: the same part of the host's power. */
export function partWatts(partBytes: number, hostBytes: number): Watts {
  const host = installedWatts(hostBytes / GIB);
  const part = Math.min(1, partBytes / hostBytes);
  return { low: host.low * part, mid: host.mid * part, high: host.high * part };
}

/** A virtual machine's memory is part of a host of unknown size: per GB as on a host of 1 TB, up to the flat models. */
export function virtualWatts(bytes: number): Watts {
  const gb = bytes / GIB;
  const host = installedWatts(1024);
  const low = host.low / 1024;
  return { low: low * gb, mid: Math.sqrt(low * MOST_PER_GB) * gb, high: MOST_PER_GB * gb };
}
