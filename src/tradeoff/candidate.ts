/** A candidate of the trade-off matrix: what is known of it. What is not known is null, never zero. Pure. */

import type { Quantity } from "../quantity.ts";

/** A value with its range where there is one. */
export interface Valued {
  value: number;
  low: number | null;
  high: number | null;
  /** Where it is from, and how its range was made. */
  source: string;
}

export interface Latency {
  /** Seconds. */
  p50: number;
  p95: number;
  p99: number;
  method: string;
}

export interface Candidate {
  name: string;
  baseline: boolean;
  /** What it is: model file and version, parameters, quantization, hardware. */
  facts: string[];
  quality: Valued | null;
  worstGroup: Valued | null;
  fairnessGap: Valued | null;
  latency: Latency | null;
  /** Units per second. */
  throughput: Valued | null;
  /** Bytes. */
  memory: number | null;
  /** What was counted, in the plural. */
  unit: string | null;
  /** Of all trainings that it needed. */
  training: { energy: Quantity<"J"> | null; footprint: Quantity<"gCO2e"> | null };
  /** For 1,000 units. */
  inference: { energy: Quantity<"J"> | null; footprint: Quantity<"gCO2e"> | null };
  /** Making of the hardware, its part for 1,000 units, where the project names the hardware. */
  embodied: Quantity<"gCO2e"> | null;
  /** In the project's currency. */
  cost: { training: Valued | null; per1000: Valued | null };
  /** Ledger entries that it rests on. */
  entries: string[];
  /** What could not be had, and why. */
  notices: string[];
}
