/**
 * Which meters add up. A meter covers parts of the machine, and no part is counted twice. Parts are named from the whole
 * to the detail, "cpu" contains "cpu:0", which contains "cpu:0:die-1"; "machine" contains everything.
 */

import type { MeterDescriptor } from "./meter.ts";

export const MACHINE = "machine";

type Scoped = Pick<MeterDescriptor, "component" | "parts">;
type Ranked = Scoped & Pick<MeterDescriptor, "id" | "label" | "kind" | "counted">;

/** Parts that a meter covers; journals before parts were written have its component only. */
export function partsOf({ parts, component }: Scoped): readonly string[] {
  return parts ?? [component === "platform" ? MACHINE : component];
}

export function overlaps(one: Scoped, other: Scoped): boolean {
  return partsOf(one).some((a) => partsOf(other).some((b) => contains(a, b) || contains(b, a)));
}

function contains(whole: string, part: string): boolean {
  return whole === MACHINE || whole === part || part.startsWith(`${whole}:`);
}

/**
 * What counts first: meters of parts, as a run's share of a part is better known than that of the whole; then meters of
 * the whole machine; models last. In each group the order given is the order of trust.
 */
export function byTrust<M extends Ranked>(meters: readonly M[]): M[] {
  return [...meters].sort((a, b) => rank(a) - rank(b));
}

function rank(meter: Ranked): number {
  if (meter.kind === "model") return 2;
  return partsOf(meter).includes(MACHINE) ? 1 : 0;
}

/** Of the counted meters those that must not be, because a more trusted one covers a part of the same; with the reason. */
export function overlapReasons(meters: readonly Ranked[]): Map<string, string> {
  const reasons = new Map<string, string>();
  const kept: Ranked[] = [];
  for (const meter of byTrust(meters.filter(({ counted }) => counted))) {
    const other = kept.find((candidate) => overlaps(candidate, meter));
    if (other) reasons.set(meter.id, describeOverlap(meter, other));
    else kept.push(meter);
  }
  return reasons;
}

function describeOverlap(meter: Ranked, counted: Ranked): string {
  const isWhole = partsOf(meter).some((a) => partsOf(counted).some((b) => a !== b && contains(a, b)));
  const isPart = partsOf(meter).some((a) => partsOf(counted).some((b) => a !== b && contains(b, a)));
  if (isWhole) return `contains ${counted.label}, which is counted`;
  return isPart
    ? `part of ${counted.label}, which is counted`
    : `the same as ${counted.label}, which is counted`;
}
