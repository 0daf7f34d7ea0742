/** Inference as it was measured: rows of forms that ask for it. Pure. */

import type { BenchBody } from "../../ledger/entries/bench.ts";
import { formatSignificant, type Quantity } from "../../quantity.ts";
import type { Evidence, Recorded } from "../evidence.ts";
import { named } from "./audit-values.ts";
import type { FieldRow } from "./blocks.ts";
import { computed, recorded } from "./fields.ts";
import { ranged } from "./figures.ts";

const BENCH = "measured inference: fairwatt bench";

/** Of each name the newest, by the name. */
function newestBenches({ benches }: Evidence): Recorded<BenchBody>[] {
  const byName = new Map(benches.map((each) => [each.body.name, each]));
  return [...byName.keys()].sort().map((name) => byName.get(name)!);
}

const three = (value: number) => formatSignificant(value, 3);

/** Latency, throughput and peak memory. */
export function speedRow(evidence: Evidence, clause: string): FieldRow {
  const lines = newestBenches(evidence).map(({ body }) => {
    const { name, unit, throughput, latency, peakMemory, hardware } = body;
    return [
      `${named(name)}: ${three(throughput.value)} ${unit} per second (${three(throughput.low)} to ${three(throughput.high)})`,
      latency
        ? `latency p50 ${three(latency.p50 * 1000)} ms, p95 ${three(latency.p95 * 1000)} ms`
        : "latency not measured",
      peakMemory ? `peak memory ${three(peakMemory.bytes / 2 ** 20)} MiB` : "peak memory not measured",
      ...(hardware ? [`on ${hardware.cpu}`] : []),
    ].join("; ");
  });
  return recorded("Inference: throughput, latency, peak memory", lines, clause, BENCH);
}

/** Energy, and CO2e where the zone is known, for 1,000 units. */
export function inferenceRow(evidence: Evidence, clause?: string): FieldRow {
  const lines = newestBenches(evidence).map(({ body }) => {
    const { name, unit, energyPer1000, footprintPer1000, notices = [] } = body;
    if (!energyPer1000)
      return `${named(name)}: not measured${notices.length > 0 ? ` (${notices.join("; ")})` : ""}`;
    const energy = energyPer1000 as Quantity<"J">;
    const footprint = (footprintPer1000 ?? null) as Quantity<"gCO2e"> | null;
    return `${named(name)}: IT energy ${ranged(energy, "kWh")}, ${energy.method}; CO2e, location-based, ${ranged(footprint, "kg")} per 1,000 ${unit} (ledger entry of run ${body.run})`;
  });
  return computed("Energy and CO2e of inference, per 1,000 units", lines, clause, BENCH);
}
