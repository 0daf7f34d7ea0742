/**
 * The CPU where nothing measures it: power by load from its rated power, else from published watts per thread. It covers
 * the container's CPUs, never the whole host that a container happens to see.
 */

import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { readCalibration } from "../calibration.node.ts";
import { modelOf } from "../calibration.ts";
import { readCgroupLimits, readMemoryBytes, readProcessor, readVirtualization } from "../hardware.node.ts";
import { findRatedPower } from "./cpu-power-table.ts";
import { type Band, idleToFullBand, RATED_BAND_SOURCE, ratedBand } from "./load-curves.ts";
import type { Discovery, MeterDescriptor, Roots } from "./meter.ts";
import { MACHINE, overlaps } from "./scopes.ts";
import { readText } from "./sysfs.node.ts";

interface Estimate {
  band: Band;
  method: "modelled" | "estimated";
  instrument: string;
  basis: string;
}

export function discoverCpuModel(roots: Roots, accepted: readonly MeterDescriptor[]): Discovery {
  const covering = accepted.filter((meter) => meter.counted && overlaps(meter, { component: "cpu" }));
  if (covering.some(({ intermittent }) => !intermittent)) return { accepted: [], rejected: [] };
  const insteadOf = covering.length > 0 ? covering.map(({ id }) => id) : undefined;
  const processor = readProcessor(roots);
  const limits = readCgroupLimits(roots, {
    logicalCpus: processor.logicalCpus,
    memoryBytes: readMemoryBytes(roots),
  });
  const cpus = limits.cpus ?? processor.logicalCpus;
  const hypervisor = readVirtualization(roots);
  // WSL shows the processor of the very machine that it runs on, with all its threads.
  const isForeignHost = hypervisor !== undefined && !hypervisor.startsWith("WSL");
  const { band, method, instrument, basis } = isForeignHost
    ? perVirtualCpu(cpus, hypervisor)
    : (byRating(processor, cpus) ?? perThread(cpus));
  const fit = measuredHere(roots, accepted);
  if (fit) return { accepted: [{ descriptor: { ...fit, insteadOf }, read: () => null }], rejected: [] };
  const full = { low: watts(band.low), mid: watts(band.mid), high: watts(band.high) };
  const slice =
    limits.cpus === undefined
      ? ""
      : `; only the ${formatCount(cpus)} of ${processor.logicalCpus} CPUs that the control group allows`;
  const descriptor: MeterDescriptor = {
    id: "model:cpu",
    component: "cpu",
    label: hypervisor ? "CPU (virtual)" : "CPU",
    kind: "model",
    method,
    instrument,
    unit: 1,
    maxPower: full.high,
    error: Math.max(full.high / full.mid - 1, 1 - full.low / full.mid),
    errorSource: "the band of the model at full load",
    attribution: "cpu-time",
    counted: true,
    insteadOf,
    model: { kind: "cpu-load", cpus, ...band },
    basis: `${basis}${slice}`,
  };
  return { accepted: [{ descriptor, read: () => null }], rejected: [] };
}

/** The load model that `fairwatt calibrate` fitted on this very machine; that of the whole machine only beside nothing else. */
function measuredHere(roots: Roots, accepted: readonly MeterDescriptor[]): MeterDescriptor | undefined {
  const found = readCalibration(roots);
  const fit = found?.calibration.fits[0];
  if (!found || !fit) return undefined;
  const isWhole = fit.part === "machine";
  if (isWhole && accepted.some(({ counted, intermittent }) => counted && !intermittent)) return undefined;
  const model = modelOf(fit);
  return {
    id: "model:cpu",
    component: isWhole ? "platform" : "cpu",
    parts: [isWhole ? MACHINE : "cpu"],
    label: isWhole ? "Whole machine" : "CPU",
    kind: "model",
    method: "modelled",
    instrument: "Load model fitted on this machine",
    unit: 1,
    maxPower: watts(model.high),
    error: fit.error,
    errorSource: "the instrument that it was fitted with, and how much power varied at one load",
    attribution: "cpu-time",
    counted: true,
    model,
    basis: `measured here on ${found.calibration.at.slice(0, 10)} with ${fit.instrument} at ${fit.curve.length} loads (fairwatt calibrate), by load since then; ±${Math.round(100 * fit.error)} %`,
  };
}

function watts(curve: Band["mid"]): number {
  return curve.at(-1)?.[1] ?? 0;
}

function formatCount(cpus: number): string {
  return String(Math.round(cpus * 100) / 100);
}

function byRating(
  processor: { name: string; logicalCpus: number; sockets: number },
  cpus: number,
): Estimate | undefined {
  const table = readTable();
  const rated = table === undefined ? undefined : findRatedPower(table, processor.name);
  if (!rated) return undefined;
  const part = (processor.sockets * cpus) / processor.logicalCpus;
  const sockets = processor.sockets > 1 ? `${processor.sockets} x ` : "";
  return {
    band: ratedBand({ low: rated.low * part, mid: rated.watts * part, high: rated.high * part }),
    method: "modelled",
    instrument: `Load model, ${processor.name}`,
    basis: `${sockets}${rated.watts} W rated (cpu-power.csv: CodeCarbon, Eco2AI, Green Algorithms), by load; ${RATED_BAND_SOURCE}`,
  };
}

/** W per hardware thread at full load: EPYC Rome 1.7 (CCF) to desktop parts at their turbo limit 8; CodeCarbon takes 4. */
const PER_THREAD = { low: 1.7, mid: 4, high: 8 };

function perThread(cpus: number): Estimate {
  return {
    band: ratedBand({ low: PER_THREAD.low * cpus, mid: PER_THREAD.mid * cpus, high: PER_THREAD.high * cpus }),
    method: "estimated",
    instrument: "Load model, processor not in the table",
    basis: `${formatCount(cpus)} threads x 4 W (CodeCarbon's figure for an unknown processor; 1.7 to 8 W), by load; ${RATED_BAND_SOURCE}`,
  };
}

/** W per vCPU, idle and full, of Cloud Carbon Footprint: least and most of its processor generations, and its average. */
const VCPU_IDLE = { low: 0.47, mid: 0.74, high: 1 };
const VCPU_FULL = { low: 1.69, mid: 3.5, high: 4.74 };

function perVirtualCpu(cpus: number, hypervisor: string): Estimate {
  const times = (per: typeof VCPU_IDLE) => ({
    low: per.low * cpus,
    mid: per.mid * cpus,
    high: per.high * cpus,
  });
  return {
    band: idleToFullBand(times(VCPU_IDLE), times(VCPU_FULL)),
    method: "estimated",
    instrument: `Load model per vCPU, virtual machine (${hypervisor})`,
    basis: `${formatCount(cpus)} vCPUs, which are threads of a host that cannot be seen from here: 0.74 W idle to 3.5 W busy each (Cloud Carbon Footprint, average of AWS processors; band from EPYC 2nd generation to Haswell)`,
  };
}

/** Beside this file in the sources; in ../data of the built program. */
function readTable(): string | undefined {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const places = ["data/cpu-power.csv", "../data/cpu-power.csv"].map((place) => path.join(here, place));
  const file = places.find((place) => fs.existsSync(place));
  return file && readText(file);
}
