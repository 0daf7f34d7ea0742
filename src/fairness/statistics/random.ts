/** Random numbers from a seed: the same seed gives the same audit, on every machine. */

import { randomBinomial } from "d3-random";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

export interface Random {
  /** In [0, 1). */
  uniform(): number;
  /** Whole, in [0, n), for n up to 2^32. */
  index(n: number): number;
  /** Successes among n at probability p. */
  binomial(n: number, p: number): number;
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
  };
}
