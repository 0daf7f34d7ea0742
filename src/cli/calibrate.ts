/** `fairwatt calibrate`: burns a known load for a minute and keeps what this machine's meters said. */

import { setTimeout as wait } from "node:timers/promises";
import {
  calibrationFolders,
  folderToWrite,
  machineKey,
  writeCalibration,
} from "../energy/calibration.node.ts";
import {
  analyse,
  type Calibration,
  contradiction,
  idleLoad,
  MOST_IDLE,
  type Phase,
} from "../energy/calibration.ts";
import { burn, type Load } from "../energy/calibration-load.node.ts";
import { readCgroupLimits, readHardware } from "../energy/hardware.node.ts";
import { MachineUse } from "../energy/machine-use.node.ts";
import { defaultRoots, discoverMeters } from "../energy/meters/index.node.ts";
import type { Roots } from "../energy/meters/meter.ts";
import { printable } from "./printable.ts";
import { bold, formatTable, print, printJson } from "./table.ts";

/** Parts of all CPUs that are kept busy, one after the other. */
const LOADS = [0, 0.25, 0.5, 1];
const SAMPLE_SECONDS = 1;
/** Less would leave no step after the first seconds of each load, which are not used. */
const SHORTEST = 20;
const NOTHING_MEASURES = 1;
const CALLED_WRONGLY = 2;

interface CalibrateOptions {
  json?: boolean;
  seconds?: number;
  roots?: Roots;
  /** Replaced by tests: the load, the time, and where the result goes. */
  burn?: (threads: number, seconds: number) => Load;
  sleep?: (seconds: number) => Promise<void>;
  now?: () => number;
  folder?: string;
}

export async function calibrate(options: CalibrateOptions = {}): Promise<number> {
  const seconds = options.seconds ?? 60;
  if (!(seconds >= SHORTEST)) {
    process.stderr.write(`fairwatt: --seconds must be a number of at least ${SHORTEST}\n`);
    return CALLED_WRONGLY;
  }
  // What an earlier calibration said of the meters must not enter the new one.
  const roots: Roots = { ...(options.roots ?? defaultRoots(process.env)), calibration: undefined };
  const { accepted } = discoverMeters(roots);
  const measuring = accepted.filter(({ descriptor }) => descriptor.kind !== "model");
  if (measuring.length === 0) {
    process.stderr.write(
      "fairwatt: nothing here measures power, so there is nothing to calibrate with: fairwatt doctor says what would help. A machine whose counters only root may read is calibrated for all its users by: sudo fairwatt calibrate\n",
    );
    return NOTHING_MEASURES;
  }
  const hardware = readHardware(roots);
  const limits = readCgroupLimits(roots, hardware);
  const cpus = limits.cpus ?? hardware.logicalCpus;
  const machine = new MachineUse(roots.proc);
  const now = options.now ?? (() => performance.now() / 1000);
  const sleep = options.sleep ?? ((time: number) => wait(time * 1000));
  const sample = () => ({
    mono: now(),
    readings: Object.fromEntries(measuring.map((meter) => [meter.descriptor.id, meter.read()])),
    busy: limits.sliceCpuSeconds() ?? machine.busySeconds(),
  });
  const phases: Phase[] = [];
  const each = seconds / LOADS.length;
  for (const load of LOADS) {
    const threads = load === 0 ? 0 : Math.max(1, Math.floor(load * cpus));
    // With few CPUs two loads can come to the same threads.
    if (phases.some((phase) => phase.threads === threads)) continue;
    process.stderr.write(
      `fairwatt: ${threads === 0 ? "idle" : `${threads} of ${cpus} CPUs busy`}, ${Math.round(each)} s\n`,
    );
    const burning = (options.burn ?? burn)(threads, each);
    const samples = [sample()];
    try {
      while (now() - samples[0]!.mono < each) {
        await sleep(SAMPLE_SECONDS);
        samples.push(sample());
      }
    } finally {
      burning.stop();
    }
    phases.push({ threads, samples });
  }
  const descriptors = measuring.map(({ descriptor }) => descriptor);
  for (const meter of accepted) meter.close?.();
  machine.close();
  const calibration: Calibration = {
    v: 1,
    at: new Date().toISOString(),
    machine: machineKey(roots),
    seconds,
    ...analyse(descriptors, phases, cpus),
  };
  const folder = options.folder ?? folderToWrite(calibrationFolders(process.env), process.getuid?.() === 0);
  const file = folder === undefined ? undefined : writeCalibration(folder, calibration);
  const busy = idleLoad(phases, cpus);
  if (busy > MOST_IDLE) {
    process.stderr.write(
      `fairwatt: other programs kept ${Math.round(100 * busy)} % of the CPUs busy while nothing was to run: no idle power is kept. Close them and calibrate again for it\n`,
    );
  }
  await (options.json ? printJson({ ...calibration, file }) : print(lines(calibration, file)));
  return 0;
}

function lines({ idle, fits, comparisons }: Calibration, file: string | undefined): string[] {
  const watts = (value: number) => `${value.toFixed(1)} W`;
  const percent = (value: number) => `${Math.round(100 * value)} %`;
  const compared = comparisons.map((comparison) => {
    const apart = contradiction(comparison);
    const [a, b] = comparison.labels;
    const verdict =
      comparison.kind === "same"
        ? `differ by ${percent(apart)}`
        : apart > 0
          ? `the sum is ${percent(apart)} above what contains it`
          : `${percent(comparison.ratio)} of it`;
    return `  ${printable(a)} and ${printable(b)}: ${verdict}`;
  });
  return [
    ...(idle.length === 0
      ? []
      : [
          bold("idle"),
          ...formatTable(
            [{ title: "meter" }, { title: "power", align: "right" }],
            idle.map((entry) => [entry.label, watts(entry.watts)]),
          ).map((line) => `  ${line}`),
        ]),
    ...fits.flatMap((fit) => [
      "",
      bold(
        `power by load, ${fit.part === "cpu" ? "processor" : "whole machine"} (${printable(fit.instrument)}, ±${percent(fit.error)})`,
      ),
      ...fit.curve.map(([load, power]) => `  ${percent(load).padStart(5)}  ${watts(power)}`),
    ]),
    ...(compared.length > 0 ? ["", bold("meters against each other"), ...compared] : []),
    "",
    ...(file ? [`Kept in ${printable(file)}; runs on this machine use it from now on.`] : []),
  ];
}
