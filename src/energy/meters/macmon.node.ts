/** Apple Silicon by an installed macmon, which reads the processor's energy counters without being root. */

import type { Component, Discovery, Meter, MeterDescriptor, Roots } from "./meter.ts";
import { askProgram, findProgram, ProgramStream } from "./program-stream.node.ts";
import { MACHINE } from "./scopes.ts";

const LABEL = { id: "macmon", component: "cpu", label: "Apple Silicon (macmon)" } as const;
const EVERY_MS = "500";

const ERROR =
  "assumed 20 %: Apple calls these averages estimated and possibly inaccurate (manual page of powermetrics) and publishes no figure; not yet tested on such hardware";

interface Rail {
  key: string;
  component: Component;
  part: string;
  label: string;
  attribution: MeterDescriptor["attribution"];
}

/** macmon's names, in watts (`macmon pipe`). */
const RAILS: readonly Rail[] = [
  { key: "cpu_power", component: "cpu", part: "cpu", label: "CPU", attribution: "cpu-time" },
  { key: "gpu_power", component: "gpu", part: "gpu:apple", label: "GPU", attribution: "whole" },
  { key: "ane_power", component: "gpu", part: "ane", label: "Neural Engine", attribution: "whole" },
  { key: "ram_power", component: "dram", part: "dram", label: "RAM", attribution: "resident-memory" },
  {
    key: "sys_power",
    component: "platform",
    part: MACHINE,
    label: "Whole machine (SMC)",
    attribution: "cpu-time",
  },
];

export function discoverMacmon(roots: Roots): Discovery {
  if ((roots.platform ?? process.platform) !== "darwin") return { accepted: [], rejected: [] };
  const program = findProgram("macmon", roots.env, ["/opt/homebrew/bin", "/usr/local/bin", "/opt/local/bin"]);
  if (!program) {
    const reason =
      "On Apple Silicon the energy counters are read through macmon, which needs no sudo; it is not installed.";
    const remedy = "brew install macmon";
    // The graphics are named apart: what is not measured must not be a silent zero.
    const graphics = {
      id: "macmon:gpu",
      component: "gpu",
      label: "Apple GPU (macmon)",
      reason,
      remedy,
    } as const;
    return { accepted: [], rejected: [{ ...LABEL, reason, remedy }, graphics] };
  }
  const answer = askProgram(program, ["pipe", "--samples", "1", "--interval", "100"]);
  const first = "text" in answer ? new Map(powersOf(answer.text.split("\n")[0] ?? "")) : undefined;
  if (!first?.has("cpu_power")) {
    const reason = "failure" in answer ? `${answer.failure}.` : "macmon gives no cpu_power.";
    return { accepted: [], rejected: [{ ...LABEL, reason }] };
  }
  const stream = new ProgramStream(program, ["pipe", "--interval", EVERY_MS], powersOf);
  stream.prime(first);
  // Some chips do not count their memory: 0 W is no reading of memory that is refreshed all the time.
  const rails = RAILS.filter(({ key }) => first.has(key) && (key !== "ram_power" || first.get(key)! > 0));
  return { accepted: rails.map((rail) => meterOf(rail, stream)), rejected: [] };
}

function* powersOf(line: string): Iterable<readonly [string, number]> {
  let values: Record<string, unknown>;
  try {
    values = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return;
  }
  for (const { key } of RAILS) {
    const value = values[key];
    if (typeof value === "number" && value >= 0) yield [key, value];
  }
  // The graphics' own memory cells are a counter apart.
  const { gpu_power: gpu, gpu_ram_power: cells } = values;
  if (typeof gpu === "number" && typeof cells === "number") yield ["gpu_power", gpu + cells];
}

function meterOf({ key, component, part, label, attribution }: Rail, stream: ProgramStream): Meter {
  const descriptor: MeterDescriptor = {
    id: `macmon:${key}`,
    component,
    parts: [part],
    label,
    kind: "power",
    method: "measured",
    instrument: `Apple Silicon ${key} (macmon)`,
    unit: 1,
    maxPower: 1000,
    error: 0.2,
    errorSource: ERROR,
    attribution,
    counted: true,
  };
  return { descriptor, read: () => stream.read(key), close: () => stream.close() };
}
