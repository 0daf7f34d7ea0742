/** Random numbers from a seed: the same seed gives the same audit, on every machine. */

import { randomBinomial } from "d3-random";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { logChoose } from "./distributions.ts";

export interface Random {
  /** In [0, 1). */
  uniform(): number;
  /** Whole, in [0, n), for n up to 2^32. */
  index(n: number): number;
  /** Successes among n at probability p. */
  binomial(n: number, p: number): number;
  /** Successes among `drawn` of `total` rows, `good` of which are successes, drawn without putting back. */
  hypergeometric(total: number, good: number, drawn: number): number;
}

/** xoroshiro128+; `seed` is a whole number. */
export function createRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  const uniform = () => uniformFloat64(generator);
  const binomial = randomBinomial.source(uniform);
  return {
    uniform,
    index: (n) => Math.floor(((generator.next() >>> 0) / 0x1_0000_0000) * n),
    binomial: (n, p) => (n === 0 || p <= 0 ? 0 : p >= 1 ? n : binomial(n, p)()),
    hypergeometric: (total, good, drawn) => hypergeometric(uniform(), total, good, drawn),
  };
}

/** Inversion that starts at the mode and goes outwards, so that it takes about as many steps as the spread is wide. */
function hypergeometric(u: number, total: number, good: number, drawn: number): number {
  const least = Math.max(0, drawn - (total - good));
  const most = Math.min(good, drawn);
  if (least >= most) return least;
  const mode = Math.min(most, Math.max(least, Math.floor(((drawn + 1) * (good + 1)) / (total + 2))));
  let up = mode;
  let down = mode;
  let pUp = Math.exp(logChoose(good, mode) + logChoose(total - good, drawn - mode) - logChoose(total, drawn));
  let pDown = pUp;
  let left = u - pUp;
  if (left < 0) return mode;
  while (up < most || down > least) {
    if (up < most) {
      pUp *= ((good - up) * (drawn - up)) / ((up + 1) * (total - good - drawn + up + 1));
      up++;
      left -= pUp;
      if (left < 0) return up;
    }
    if (down > least) {
      pDown *= (down * (total - good - drawn + down)) / ((good - down + 1) * (drawn - down + 1));
      down--;
      left -= pDown;
      if (left < 0) return down;
    }
  }
  // What rounding left of the whole probability.
  return mode;
}
