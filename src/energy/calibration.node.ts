/** Where a machine's calibration is kept: the user's state folder, or one of the system where root measured for all. */

import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { stateFolder } from "../config/home.node.ts";
import type { Calibration } from "./calibration.ts";
import { readCgroupLimits, readMemoryBytes, readProcessor } from "./hardware.node.ts";
import type { Roots } from "./meters/meter.ts";
import { readText } from "./meters/sysfs.node.ts";

const SYSTEM_FOLDER = "/var/lib/fairwatt/machines";

/** Folders to look in, the user's own first. */
export function calibrationFolders(env: Readonly<Record<string, string | undefined>>): string[] {
  return [path.join(stateFolder(env), "machines"), SYSTEM_FOLDER];
}

/** Where a new calibration goes: what root measures holds for every user of the machine. */
export function folderToWrite(folders: readonly string[], isRoot: boolean): string | undefined {
  return isRoot ? folders.at(-1) : folders[0];
}

/**
 * Names one machine without telling which: a hash of its id, processor and the CPUs that this process may use. The id
 * itself must not be told (machine-id(5)).
 */
export function machineKey(roots: Roots): string {
  const processor = readProcessor(roots);
  const memoryBytes = readMemoryBytes(roots);
  const { cpus } = readCgroupLimits(roots, { logicalCpus: processor.logicalCpus, memoryBytes });
  const id = readText("/etc/machine-id") || os.hostname();
  return createHash("sha256")
    .update(`fairwatt ${id} ${processor.name} ${processor.logicalCpus} ${cpus ?? ""}`)
    .digest("hex")
    .slice(0, 16);
}

export function readCalibration(roots: Roots): { calibration: Calibration; file: string } | undefined {
  if (!roots.calibration) return undefined;
  const key = machineKey(roots);
  for (const folder of roots.calibration) {
    const file = path.join(folder, `${key}.json`);
    try {
      const calibration: unknown = JSON.parse(fs.readFileSync(file, "utf8"));
      if (isCalibration(calibration) && calibration.machine === key) return { calibration, file };
    } catch {
      // Not calibrated, or torn: the published figures stand.
    }
  }
  return undefined;
}

/** By hand, as the sampler reads it: loading a schema library would cost it more than all meters together. */
function isCalibration(value: unknown): value is Calibration {
  const { v, at, machine, idle, fits, comparisons } = (value ?? {}) as Partial<Calibration>;
  const isNumber = (number: unknown) => typeof number === "number" && Number.isFinite(number) && number >= 0;
  const isText = (text: unknown) => typeof text === "string";
  return (
    v === 1 &&
    isText(at) &&
    isText(machine) &&
    Array.isArray(idle) &&
    idle.every((entry) => isText(entry?.id) && isNumber(entry.watts)) &&
    Array.isArray(fits) &&
    fits.every(
      (fit) =>
        (fit?.part === "cpu" || fit?.part === "machine") &&
        isText(fit.instrument) &&
        isNumber(fit.error) &&
        fit.cpus > 0 &&
        Array.isArray(fit.curve) &&
        fit.curve.length > 1 &&
        fit.curve.every((point) => Array.isArray(point) && point.length === 2 && point.every(isNumber)),
    ) &&
    Array.isArray(comparisons) &&
    comparisons.every(
      (entry) => isText(entry?.a) && isText(entry.b) && isNumber(entry.ratio) && Array.isArray(entry.labels),
    )
  );
}

/** Writes it so that a reader sees the old one or the new one. Returns the file. */
export function writeCalibration(folder: string, calibration: Calibration): string {
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${calibration.machine}.json`);
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, `${JSON.stringify(calibration, null, 2)}\n`, { mode: 0o644 });
  fs.renameSync(draft, file);
  return file;
}
