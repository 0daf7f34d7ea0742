/** Parity flags as Aequitas 1.0.0 sets them (aequitas/fairness.py), NaN handling included. */

import { AEQUITAS_DISPARITIES, type AequitasGroup, type AequitasMetric } from "./aequitas.ts";

/** true, false, or null where Aequitas has NaN. */
export type Parity = boolean | null;

const PARITY_NAMES: Record<AequitasMetric, string> = {
  ppr: "Statistical Parity",
  pprev: "Impact Parity",
  fdr: "FDR Parity",
  fpr: "FPR Parity",
  for: "FOR Parity",
  fnr: "FNR Parity",
  tpr: "TPR Parity",
  tnr: "TNR Parity",
  npv: "NPV Parity",
  precision: "Precision Parity",
};

/** Each holds where both of its parts do. */
const PAIRS: readonly (readonly [name: string, first: string, second: string])[] = [
  ["TypeI Parity", "FDR Parity", "FPR Parity"],
  ["TypeII Parity", "FOR Parity", "FNR Parity"],
  ["Equalized Odds", "FPR Parity", "TPR Parity"],
  ["Unsupervised Fairness", "Statistical Parity", "Impact Parity"],
  ["Supervised Fairness", "TypeI Parity", "TypeII Parity"],
];

export const AEQUITAS_TAU = 0.8;

/** In floating point, as Aequitas compares. */
const parityOf = (disparity: number, tau: number): Parity =>
  Number.isNaN(disparity) ? null : tau <= disparity && disparity <= 1 / tau;

/** Flags of one group: of each metric, and of the pairs. A pair is NaN only where both parts are; one NaN makes it false. */
export function groupParities({ disparities }: AequitasGroup, tau = AEQUITAS_TAU): Record<string, Parity> {
  const flags: Record<string, Parity> = {};
  for (const metric of AEQUITAS_DISPARITIES) flags[PARITY_NAMES[metric]] = parityOf(disparities[metric], tau);
  for (const [name, first, second] of PAIRS) {
    const a = flags[first]!;
    const b = flags[second]!;
    flags[name] = a === null && b === null ? null : a === true && b === true;
  }
  return flags;
}

/** Flags of an attribute: false where a group's is, NaN where all are. */
export function attributeParities(groups: readonly Record<string, Parity>[]): Record<string, Parity> {
  const flags: Record<string, Parity> = {};
  for (const name of Object.keys(groups[0] ?? {})) {
    const present = groups.map((group) => group[name]!).filter((flag) => flag !== null);
    flags[name] = present.length === 0 ? null : present.every(Boolean);
  }
  return flags;
}

/** Over all attributes; what has only NaN counts as fair, as in Aequitas. */
export function overallParities(attributes: readonly Record<string, Parity>[]): Record<string, boolean> {
  const holds = (name: string) => attributes.every((flags) => flags[name] !== false);
  const unsupervised = holds("Unsupervised Fairness");
  const supervised = holds("Supervised Fairness");
  return {
    "Unsupervised Fairness": unsupervised,
    "Supervised Fairness": supervised,
    "Overall Fairness": unsupervised && supervised,
  };
}
