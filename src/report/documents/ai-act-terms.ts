/** Regulation (EU) 2024/1689 as far as documents need it: which text, which route, from when. Pure. */

import type { Facts } from "./document.ts";

export const AI_ACT =
  "Regulation (EU) 2024/1689 as amended by Regulation (EU) 2026/1744, consolidated version of 2026-07-27";

/** Areas of Annex III by their number. */
const AREAS: Record<string, string> = {
  1: "biometrics",
  2: "critical infrastructure",
  3: "education and vocational training",
  4: "employment",
  5: "essential services",
  6: "law enforcement",
  7: "migration, asylum and border control",
  8: "justice and democratic processes",
};

export function annexIiiWords(point: string | undefined): string | undefined {
  if (point === undefined) return undefined;
  return point === "none" ? "none" : `point ${point}: ${AREAS[point[0]!] ?? ""}`;
}

/** The way to conformity, by Art. 43; undefined while nobody has said what the system is. */
export function conformityRoute(facts: Facts): string | undefined {
  const { "annex-iii": point, "annex-i-product": product } = facts.report ?? {};
  if (product) return "the procedure of the product's own legislation (Art. 43(3))";
  if (point === undefined) return undefined;
  if (point === "none") return "none: not a high-risk system on the stated figures";
  if (!point.startsWith("1"))
    return "internal control, suitable for the internal control file (Annex VI), no notified body (Art. 43(2))";
  const standards = facts.report?.["harmonised-standards-applied"];
  if (standards === undefined) return undefined;
  return standards
    ? "internal control where the harmonised standards are applied in full (Art. 43(1))"
    : "assessment by a notified body (Annex VII, Art. 43(1))";
}

/** From when the duties of Chapter III sections 1 to 3 bind; undefined while nobody has said what the system is. */
export function applicationDate(facts: Facts): string | undefined {
  const { "annex-iii": point, "annex-i-product": product } = facts.report ?? {};
  if (product) return "2028-08-02 (Art. 113; Annex I). Until then this file is preparatory.";
  if (point === undefined) return undefined;
  return point === "none"
    ? "not applicable on the stated figures"
    : "2027-12-02 (Art. 113; Annex III). Until then this file is preparatory.";
}
