/** `fairwatt doctor`: each meter of this machine with what it reads now, or why it is not used and what would help. */

import { loadProject } from "../config/load.node.ts";
import { type DoctorMeter, type DoctorReport, doctorReport } from "../energy/doctor.ts";
import { lookAtMeters } from "../energy/look.node.ts";
import { defaultRoots } from "../energy/meters/index.node.ts";
import { findProjectFolder } from "../energy/run-folder.node.ts";
import { formatQuantity, formatRange } from "../quantity.ts";
import { printable } from "./printable.ts";
import { bold, dim, formatTable, print, printJson, red, yellow } from "./table.ts";

const SETTINGS_PROBLEM = 1;

/** Returns 0 when the meters were looked at (modelled or measured: the text says which), 1 for a problem in the settings. */
export async function doctor(options: {
  json?: string | boolean;
  cwd?: string;
  /** How long to look, 1 unless told. */
  seconds?: number;
}): Promise<number> {
  const folder = findProjectFolder(options.cwd ?? process.cwd());
  const settings = loadProject(folder).problems.map(
    ({ file, line, message }) => `${file}:${line + 1}: ${message}`,
  );
  const report = doctorReport(await lookAtMeters(defaultRoots(process.env), options.seconds));
  if (options.json) await printJson({ ...report, settings });
  else await print(doctorLines(report, settings));
  return settings.length > 0 ? SETTINGS_PROBLEM : 0;
}

export function doctorLines(report: DoctorReport, settings: readonly string[] = []): string[] {
  const verdict = report.measured ? bold(report.verdict) : bold(yellow(report.verdict));
  return [
    verdict,
    "",
    ...machine(report),
    "",
    ...section(
      `meters (power now, over ${report.seconds.toFixed(1)} s, of the whole device)`,
      table(report.counted),
    ),
    ...section("recorded beside the sum, never added to it", table(report.uncounted)),
    ...section("not used", report.rejected.flatMap(describeRejected)),
    ...section(
      "settings",
      settings.map((problem) => red(printable(problem))),
    ),
    `${bold("not measured")}  ${report.notCovered.join(", ") || "nothing is left out"}`,
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [bold(title), ...lines.map((line) => `  ${line}`), ""];
}

function machine({ hardware, limits, calibration, measured, rejected }: DoctorReport): string[] {
  const gib = (bytes: number) => `${Math.round((bytes / 2 ** 30) * 10) / 10} GiB`;
  const lines: [string, string | undefined][] = [
    [
      "processor",
      `${hardware.cpu}, ${hardware.logicalCpus} logical ${hardware.logicalCpus === 1 ? "CPU" : "CPUs"}`,
    ],
    ["memory", gib(hardware.memoryBytes)],
    ["system", hardware.os],
    ["container", hardware.container],
    ["virtual", hardware.virtualization && `yes, ${hardware.virtualization}`],
    ["CPU limit", limits.cpus === undefined ? undefined : `${limits.cpus} CPUs (control group)`],
    [
      "RAM limit",
      limits.memoryBytes === undefined ? undefined : `${gib(limits.memoryBytes)} (control group)`,
    ],
    [
      "calibrated",
      calibration
        ? `${calibration.at.slice(0, 10)}, ${calibration.file}`
        : calibrationHint(measured, rejected),
    ],
  ];
  return lines.flatMap(([term, text]) => (text ? [`${bold(term.padEnd(12))}  ${printable(text)}`] : []));
}

function calibrationHint(measured: boolean, closed: DoctorReport["rejected"]): string {
  if (measured) return "no (fairwatt calibrate)";
  return closed.some(({ fix }) => fix === "rapl-group" || fix === "sensor-group")
    ? "no (sudo fairwatt calibrate does it for every user of this machine)"
    : "no; it takes a meter to calibrate with";
}

function table(meters: readonly DoctorMeter[]): string[] {
  if (meters.length === 0) return [];
  const rows = formatTable(
    [
      { title: "meter" },
      { title: "now", align: "right" },
      { title: "range" },
      { title: "method" },
      { title: "instrument" },
      { title: "" },
    ],
    meters.map(({ descriptor, power, problem }) => [
      descriptor.label,
      power ? formatQuantity(power) : "no reading",
      power ? formatRange(power) : "",
      descriptor.method,
      descriptor.instrument,
      [problem, descriptor.uncountedReason].filter(Boolean).join("; "),
    ]),
  );
  const sources = new Map<string, string[]>();
  for (const { descriptor } of meters.filter((meter) => meter.descriptor.counted)) {
    const source = descriptor.basis ?? descriptor.errorSource;
    sources.set(source, [...(sources.get(source) ?? []), descriptor.label]);
  }
  return [
    ...rows,
    ...[...sources].map(([source, labels]) => dim(printable(`${labels.join(", ")}: ${source}`))),
  ];
}

function describeRejected({ label, reason, remedy, fix }: DoctorReport["rejected"][number]): string[] {
  const lines = [`${bold(printable(label))}: ${printable(reason)}`];
  // The remedy is there to be copied: each of its lines stands alone.
  if (remedy) lines.push(...remedy.split("\n").map((line) => `    ${printable(line)}`));
  if (fix) lines.push("    or: fairwatt doctor --fix   (shows each step, asks, and can undo it: --undo)");
  return lines;
}
