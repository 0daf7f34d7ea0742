/** How an audit is made, with Fairwatt's defaults. All of it is written into the result. */

import { SMALL_GROUP_RULE, type SmallGroupRule } from "../metrics/small-group.ts";

export interface AuditSettings {
  /** Of every interval. */
  level: number;
  /** Of every test, after adjustment, and of the power statements. */
  alpha: number;
  /** Chance to see a gap that the minimum detectable gap is stated for. */
  power: number;
  /** Resampled tables; 0 for none. */
  replicates: number;
  bootstrap: "bca" | "percentile";
  seed: number;
  small: SmallGroupRule;
  /** Difference of a rate that is accepted when verdicts are given. */
  tolerance: number;
  /** Value of the reference group per attribute; the largest group where there is none. */
  reference: Readonly<Record<string, string>>;
  /** Whether all sensitive columns together are audited, too. */
  intersections: boolean;
}

export const AUDIT_SETTINGS: AuditSettings = {
  level: 0.95,
  alpha: 0.05,
  power: 0.8,
  replicates: 1000,
  bootstrap: "bca",
  seed: 1,
  small: SMALL_GROUP_RULE,
  tolerance: 0.1,
  reference: {},
  intersections: true,
};

/** Of more cells than this, ranges are percentiles: the jackknife of BCa looks at the table as often as it has cells. */
export const MAX_JACKKNIFED = 2000;

/** How ranges are resampled, in words. */
export const bootstrapName = ({ bootstrap }: Pick<AuditSettings, "bootstrap">): string =>
  bootstrap === "bca" ? `BCa (percentile above ${MAX_JACKKNIFED.toLocaleString("en")} groups)` : "percentile";

/** The sensitive columns of each grouping: every one by itself, and all together where that is asked for. */
export function groupedAttributes(
  sensitive: readonly { name: string }[],
  { intersections }: AuditSettings,
): string[][] {
  const single = sensitive.map(({ name }) => [name]);
  return intersections && single.length > 1 ? [...single, single.flat()] : single;
}
