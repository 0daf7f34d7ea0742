import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { WRAPS_AT } from "../traces.ts";

/** A processor's energy counter that stands still: only what reading it costs is of interest. */
export function plantCounter(folder: string): string {
  const powercap = path.join(folder, "powercap");
  const zone = path.join(powercap, "intel-rapl:0");
  mkdirSync(zone, { recursive: true });
  writeFileSync(path.join(zone, "name"), "package-0\n");
  writeFileSync(path.join(zone, "max_energy_range_uj"), `${WRAPS_AT}\n`);
  writeFileSync(path.join(zone, "energy_uj"), "5000000\n");
  return powercap;
}
