/**
 * The energy counter of AMD's Instinct GPUs: amdgpu's gpu_metrics, a binary file beside the sensors (struct gpu_metrics_v1_*
 * in the kernel's kgd_pp_interface.h). Other GPUs have the field, too, but in units that nobody has published.
 */

import * as fs from "node:fs";
import type { Reading } from "./meter.ts";

/** J: the accumulator counts in 2^-16 J. */
export const ACCUMULATOR_UNIT = 2 ** -16;

/** Where the 64 bits of the accumulator lie, by content revision of format 1. */
const OFFSETS: Readonly<Record<number, number>> = { 2: 24, 3: 24, 4: 24, 5: 88, 6: 88, 7: 24, 8: 24 };
const UNKNOWN = 0xffff_ffff_ffff_ffffn;

/** Graphics targets whose counter has 64 bits in that unit: MI200 (gfx90a), MI300 (gfx94x), MI350 (gfx950). */
export function hasEnergyCounter(target: number): boolean {
  return target === 90_010 || (target >= 90_400 && target < 100_000);
}

/** The accumulator; undefined where the table is of another format, or the firmware does not fill it. */
export function readAccumulator(table: Uint8Array): number | undefined {
  if (table.length < 4) return undefined;
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength);
  const offset = view.getUint8(2) === 1 ? OFFSETS[view.getUint8(3)] : undefined;
  const size = Math.min(table.length, view.getUint16(0, true));
  if (offset === undefined || offset + 8 > size) return undefined;
  const value = view.getBigUint64(offset, true);
  return value === 0n || value === UNKNOWN ? undefined : Number(value);
}

/** The file is computed anew each time that it is opened. */
export class AmdEnergyCounter {
  constructor(private readonly file: string) {}

  read(): Reading {
    try {
      return readAccumulator(fs.readFileSync(this.file)) ?? null;
    } catch {
      return null;
    }
  }

  close(): void {}
}
