/** A measured inference for the terminal. */

import type { BenchBody } from "../ledger/entries/bench.ts";
import { formatQuantity, formatRange, formatSignificant, type Quantity } from "../quantity.ts";
import { printable } from "./printable.ts";
import { bold, dim, yellow } from "./table.ts";

const three = (value: number) => formatSignificant(value, 3);

export function describeBench(body: BenchBody, entry: string | null): string[] {
  const { unit, energyPer1000, footprintPer1000, throughput, latency, peakMemory, warmUp, steady } = body;
  const quantity = (value: BenchBody["energyPer1000"]) =>
    value
      ? `${formatQuantity(value as Quantity)} (${formatRange(value as Quantity)}), ${value.method}: ${value.instrument}`
      : "not measured";
  const rows: [string, string][] = [
    ["energy per 1,000", quantity(energyPer1000)],
    [
      "CO2e per 1,000",
      footprintPer1000 ? `${quantity(footprintPer1000)}; ${footprintPer1000.basis}` : "not known",
    ],
    [
      "throughput",
      `${three(throughput.value)} ${unit} per second (${three(throughput.low)} to ${three(throughput.high)})`,
    ],
    [
      "latency",
      latency
        ? `p50 ${milliseconds(latency.p50)}, p95 ${milliseconds(latency.p95)}, p99 ${milliseconds(latency.p99)}; ${latency.method}`
        : "not told",
    ],
    ["peak memory", peakMemory ? `${mebibytes(peakMemory.bytes)}; ${peakMemory.method}` : "not measured"],
    [
      "warm-up",
      `${warmUp.seconds.toFixed(1)} s, ${warmUp.units} ${unit}, ${warmUp.chosen}: counts for nothing`,
    ],
    ["steady state", `${steady.seconds.toFixed(1)} s, ${steady.units} ${unit}; ${steady.method}`],
    ["model", body.model ? `${body.model.path} ${body.model.artefact.slice(0, 12)}` : "not said: --model"],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  return [
    bold(printable(`${body.name}: ${steady.units} ${unit} in their steady state`)),
    ...rows.map(([label, text]) => `${dim(label.padEnd(width))}  ${printable(text)}`),
    ...(body.notices ?? []).map((notice) => yellow(printable(notice))),
    ...(entry === null ? [] : [dim(`ledger entry ${entry.slice(0, 12)}`)]),
  ];
}

export const milliseconds = (seconds: number): string => `${three(seconds * 1000)} ms`;
export const mebibytes = (bytes: number): string => `${three(bytes / 2 ** 20)} MiB`;
