/** RAM where nothing measures it: a constant power by its size, as a band. */

import { readCgroupLimits, readMemoryBytes, readProcessor, readVirtualization } from "../hardware.node.ts";
import type { Discovery, MeterDescriptor, PowerCurve, Roots } from "./meter.ts";
import { installedBytes, installedWatts, partWatts, virtualWatts } from "./ram-power.ts";
import { overlaps } from "./scopes.ts";

const GIB = 2 ** 30;
const MODELS =
  "between CodeCarbon 3.3.0's watts per module and the 0.3725 to 0.392 W per GB of Green Algorithms and Cloud Carbon Footprint";

export function discoverRamModel(roots: Roots, accepted: readonly MeterDescriptor[]): Discovery {
  const covering = accepted.filter((meter) => meter.counted && overlaps(meter, { component: "dram" }));
  if (covering.some(({ intermittent }) => !intermittent)) return { accepted: [], rejected: [] };
  const visible = readMemoryBytes(roots);
  const limit = readCgroupLimits(roots, {
    logicalCpus: readProcessor(roots).logicalCpus,
    memoryBytes: visible,
  }).memoryBytes;
  const { watts, basis } = estimate(visible, limit, readVirtualization(roots));
  const constant = (value: number): PowerCurve => [[0, Math.round(value * 1000) / 1000]];
  const descriptor: MeterDescriptor = {
    id: "model:ram",
    component: "dram",
    label: "RAM",
    kind: "model",
    method: "estimated",
    instrument: "Constant by size",
    unit: 1,
    maxPower: watts.high,
    error: Math.max(watts.high / watts.mid - 1, 1 - watts.low / watts.mid),
    errorSource: "the band of the published models",
    attribution: "resident-memory",
    counted: true,
    insteadOf: covering.length > 0 ? covering.map(({ id }) => id) : undefined,
    model: {
      kind: "constant",
      cpus: 1,
      low: constant(watts.low),
      mid: constant(watts.mid),
      high: constant(watts.high),
    },
    basis,
  };
  return { accepted: [{ descriptor, read: () => null }], rejected: [] };
}

function estimate(visible: number, limit: number | undefined, hypervisor: string | undefined) {
  if (hypervisor) {
    const bytes = limit ?? visible;
    return {
      watts: virtualWatts(bytes),
      basis: `${gigabytes(bytes)} GB of a virtual machine's host of unknown size; ${MODELS}`,
    };
  }
  const host = installedBytes(visible);
  return limit === undefined
    ? {
        watts: installedWatts(host / GIB),
        basis: `${gigabytes(host)} GB installed (${gigabytes(visible)} GB visible); ${MODELS}`,
      }
    : {
        watts: partWatts(limit, host),
        basis: `the ${gigabytes(limit)} GB that the control group allows, of ${gigabytes(host)} GB installed; ${MODELS}`,
      };
}

function gigabytes(bytes: number): string {
  return String(Math.round((bytes / GIB) * 10) / 10);
}
