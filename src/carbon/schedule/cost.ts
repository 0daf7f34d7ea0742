/** What running from one moment to another costs in carbon intensity. Pure. */

import type { Slot } from "../intensity/series.ts";

/** Which bound of a slot counts. */
export type Bound = "gramsPerKwh" | "low" | "high";

/** Integral of the intensity over time, for any stretch that the slots cover; by binary search on prefix sums. */
export class Cost {
  readonly #slots: readonly Slot[];
  readonly #sums: Record<Bound, number[]>;

  /** Slots in time order, none overlapping. */
  constructor(slots: readonly Slot[]) {
    this.#slots = slots;
    const sums = (bound: Bound) => {
      const all = [0];
      for (const slot of slots) all.push(all.at(-1)! + slot[bound] * (slot.to - slot.from));
      return all;
    };
    this.#sums = { gramsPerKwh: sums("gramsPerKwh"), low: sums("low"), high: sums("high") };
  }

  /** Mean intensity over [from, to), g/kWh; undefined where the slots leave a gap in it. */
  mean(from: number, to: number, bound: Bound = "gramsPerKwh"): number | undefined {
    const integral = this.integral(from, to, bound);
    return integral === undefined ? undefined : integral / (to - from);
  }

  /** g/kWh x ms over [from, to); undefined where the slots leave a gap in it. */
  integral(from: number, to: number, bound: Bound = "gramsPerKwh"): number | undefined {
    if (from >= to) return 0;
    const first = this.#at(from);
    const last = this.#at(to, true);
    if (first < 0 || last < 0) return undefined;
    for (let i = first; i < last; i++) {
      if (this.#slots[i]!.to !== this.#slots[i + 1]!.from) return undefined;
    }
    const sums = this.#sums[bound];
    const head = (from - this.#slots[first]!.from) * this.#slots[first]![bound];
    const tail = (this.#slots[last]!.to - to) * this.#slots[last]![bound];
    return sums[last + 1]! - sums[first]! - head - tail;
  }

  /** Index of the slot that holds a moment; with `end`, of the one that holds what is just before it. */
  #at(time: number, end = false): number {
    let low = 0;
    let high = this.#slots.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const slot = this.#slots[middle]!;
      if (end ? time <= slot.from : time < slot.from) high = middle - 1;
      else if (end ? time > slot.to : time >= slot.to) low = middle + 1;
      else return middle;
    }
    return -1;
  }
}
