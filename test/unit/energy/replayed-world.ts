/** A machine whose energy is known, as samplers of a run wrote it down: for tests of what becomes of their journals. */

import fc from "fast-check";
import type { JournalRecord } from "../../../src/energy/journal.ts";
import { gpuMeter, packageMeter, START, sampleAt, startRecords, WRAP } from "./records.ts";

/** The package's counter wraps and is never restarted; the GPU's is restarted and never wraps. */
export const PACKAGE = { ...packageMeter, error: 0 };
export const GPU = { ...gpuMeter, attribution: "whole", crossCheck: undefined } as const;

/** What one sampler read at one moment. Seconds since the start; joules since then by the true meter. */
export interface Reading {
  at: number;
  writer: number;
  record: JournalRecord;
  /** True joules of each meter up to here; undefined where it could not be read. */
  truth: { package?: number; gpu?: number };
  /** How often the GPU's counter had been restarted. */
  restarts: number;
}

export interface World {
  readings: Reading[];
  /** Journals by name: the runner's and each sampler's, in the order in which they were written. */
  journals: Map<string, JournalRecord[]>;
}

/** A restart that nobody saw is one for sure where the counter is below what it was: here it always is, by so many joules. */
const BELOW = 10e6;
const MOST_RESTARTS = 100;

export const WRITERS = 3;
export const journalOf = (writer: number) => `h.${20 + writer}.jsonl`;

/** Evenly between 0 and 1: doubles of their own are mostly next to nothing. */
export const parts = fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000);

const step = fc.record({
  watts: fc.integer({ min: 5, max: 390 }),
  gpuWatts: fc.integer({ min: 20, max: 480 }),
  seconds: fc.constantFrom(1, 1, 1, 1, 3, 40),
  unreadable: fc.constantFrom("", "", "", "", "package", "gpu", "both"),
  restart: fc.constantFrom(false, false, false, false, false, false, false, true),
  writer: fc.nat(WRITERS - 1),
  tree: parts,
});

/** Journals of several samplers of one runner, which wrote in any order, with wraps, restarts, and moments without a reading. */
export const worlds: fc.Arbitrary<World> = fc
  .tuple(fc.integer({ min: 0, max: WRAP - 1 }), fc.array(step, { minLength: 5, maxLength: 60 }))
  .map(([origin, steps]) => {
    const { runner } = startRecords([PACKAGE, GPU]);
    const journals = new Map<string, JournalRecord[]>([["h.10.jsonl", [runner]]]);
    for (let writer = 0; writer < WRITERS; writer++)
      journals.set(journalOf(writer), [startRecords([PACKAGE, GPU], { sampler: 20 + writer }).sampler]);
    const readings: Reading[] = [];
    let [at, joules, gpuJoules, gpuOrigin, restarts, tree, busy] = [0, 0, 0, 0, 0, 0, 0];
    for (const { watts, gpuWatts, seconds, unreadable, restart, writer, tree: share } of [
      steps[0]!,
      ...steps,
    ]) {
      if (readings.length > 0) {
        at += seconds;
        joules += watts * seconds;
        gpuJoules += gpuWatts * seconds;
        busy += 2 * seconds;
        tree += 2 * seconds * share;
        if (restart) {
          gpuOrigin = gpuJoules;
          restarts++;
        }
      }
      const [noPackage, noGpu] = [/package|both/, /gpu|both/].map((kind) => kind.test(unreadable));
      const record = sampleAt(
        at,
        {
          [PACKAGE.id]: noPackage ? null : (origin + joules * 1e6) % WRAP,
          [GPU.id]: noGpu ? null : (gpuJoules - gpuOrigin + (MOST_RESTARTS - restarts) * BELOW) * 1e3,
        },
        { cpu: { busy, tree } },
      );
      const truth = { ...(!noPackage && { package: joules }), ...(!noGpu && { gpu: gpuJoules }) };
      readings.push({ at, writer, record, truth, restarts });
      journals.get(journalOf(writer))!.push(record);
    }
    return { readings, journals };
  });

/**
 * Joules that these readings tell, taken one after the other: between two that could be read, unless the counter was restarted
 * there. One that is no later than another before it tells nothing new.
 */
export function told(readings: readonly Reading[]): { package: number; gpu: number } {
  const sum = { package: 0, gpu: 0 };
  const last: { package?: Reading; gpu?: Reading } = {};
  let latest = -1;
  for (const reading of readings) {
    if (reading.at <= latest) continue;
    latest = reading.at;
    for (const meter of ["package", "gpu"] as const) {
      if (reading.truth[meter] === undefined) continue;
      const before = last[meter];
      last[meter] = reading;
      if (!before || (meter === "gpu" && before.restarts !== reading.restarts)) continue;
      sum[meter] += reading.truth[meter] - before.truth[meter]!;
    }
  }
  return sum;
}

export const byTime = (readings: readonly Reading[]) => [...readings].sort((a, b) => a.at - b.at);
export const monoOf = ({ at }: Reading) => START + at;
