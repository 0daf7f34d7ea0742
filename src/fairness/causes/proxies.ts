/** Proxy scan: which features tell to which group a person belongs. */

import { benjaminiHochberg } from "../statistics/multiple-tests.ts";
import type { Random } from "../statistics/random.ts";
import type { CategoryColumn, Column } from "../table/column.ts";
import { binColumn, DEFAULT_BINS } from "./binning.ts";
import { type Association, associationOf, contingency } from "./contingency.ts";

export interface Proxy extends Association {
  feature: string;
  /** Bins that the feature was put into. */
  bins: number;
  /** Mutual information that chance alone exceeds in 5 of 100 shuffles, in nats. */
  nullHigh: number;
  /** How often shuffles reach the feature's information; adjusted after Benjamini & Hochberg over the features. */
  p: number;
  adjusted: number;
  strength: "strong" | "noticeable" | "weak" | "none";
}

export interface ProxyScan {
  attribute: string;
  /** The strongest first. */
  proxies: Proxy[];
  /** How the numbers were made. */
  method: string;
}

/** Own defaults on the bias-corrected V, after Cohen 1988's large and medium effects for few categories. */
const STRONG = 0.5;
const NOTICEABLE = 0.3;

/**
 * Rows with a missing value of the attribute are left out. The shuffles show what a column with as many bins would tell by
 * chance; a feature within them is "none", however large its number.
 */
export function scanProxies(
  attribute: CategoryColumn,
  features: readonly Column[],
  random: Random,
  { bins = DEFAULT_BINS, shuffles = 200, alpha = 0.05 } = {},
): ProxyScan {
  const classes = attribute.levels.length;
  const drafts = features
    .filter(({ name }) => name !== attribute.name)
    .map((feature) => {
      const { codes, labels } = binColumn(feature, bins);
      const association = associationOf(contingency(codes, labels.length, attribute.codes, classes));
      const chance = new Float64Array(shuffles);
      const shuffled = attribute.codes.slice();
      let reached = 0;
      for (let turn = 0; turn < shuffles; turn++) {
        shuffle(shuffled, random);
        chance[turn] = associationOf(contingency(codes, labels.length, shuffled, classes)).mutualInformation;
        if (chance[turn]! >= association.mutualInformation - 1e-12) reached++;
      }
      chance.sort();
      return {
        feature: feature.name,
        bins: labels.length,
        ...association,
        nullHigh: chance[Math.ceil(0.95 * shuffles) - 1]!,
        p: (reached + 1) / (shuffles + 1),
      };
    });
  const adjusted = benjaminiHochberg(drafts.map(({ p }) => p));
  const proxies = drafts.map((draft, at): Proxy => {
    const v = draft.correctedV ?? 0;
    const strength =
      adjusted[at]! >= alpha ? "none" : v >= STRONG ? "strong" : v >= NOTICEABLE ? "noticeable" : "weak";
    return { ...draft, adjusted: adjusted[at]!, strength };
  });
  proxies.sort((a, b) => (b.uncertainty ?? 0) - (a.uncertainty ?? 0));
  return {
    attribute: attribute.name,
    proxies,
    method: `mutual information of at most ${bins} bins with the attribute, null by ${shuffles} shuffles, Benjamini-Hochberg`,
  };
}

function shuffle(values: Int32Array, random: Random): void {
  for (let at = values.length - 1; at > 0; at--) {
    const other = random.index(at + 1);
    const value = values[at]!;
    values[at] = values[other]!;
    values[other] = value;
  }
}
