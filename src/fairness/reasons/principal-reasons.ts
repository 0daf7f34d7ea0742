/**
 * The principal reasons of each adverse action: the features that contributed furthest on the side of denial, against a
 * reference (12 CFR 1002.9(b)(2) and its commentary: any sound method, such as factors furthest below the average of approved
 * or of all applicants). Pure.
 */

import { MISSING } from "../table/column.ts";
import type { Attributions } from "./attributions.ts";

/** baseline: contributions as they are, against what the method took for 0; approved, all: against their mean contribution. */
export const REFERENCES = ["baseline", "approved", "all"] as const;
export type Reference = (typeof REFERENCES)[number];

/** The commentary finds more than four not likely to be helpful; it sets no number. */
export const USUAL_MOST = 4;
/** Two factors whose shares differ by less weigh the same. */
const SAME = 0.01;

export interface PrincipalReason {
  feature: string;
  contribution: number;
  /** How far it lies on the side of denial of the reference, above 0, in the unit of the score. */
  gap: number;
  /** Of the gaps of all features on that side, from 0 to 1. */
  share: number;
  /** The applicant's own; for the creditor's files, not for a notice. */
  value: string | null;
}

export interface ApplicantReasons {
  applicant: string;
  /** Row of the table, from 0. */
  row: number;
  /** Most weight first. */
  reasons: PrincipalReason[];
  /** Part of all that spoke for denial that the reasons make up; null where nothing did. */
  coverage: number | null;
  /** Features beyond `most` that weigh as much as the last one listed. */
  tied: string[];
  completed: string | null;
}

export interface ReasonSettings {
  reference: Reference;
  most: number;
}

/** Of the largest contribution: what sums of floating-point numbers leave where a feature adds nothing speaks for nothing. */
const NOISE = 1e-9;

/** One for each adverse action, in the table's order. Throws a RangeError where nobody was approved to compare with. */
export function principalReasons(
  attributions: Attributions,
  { reference, most }: ReasonSettings,
): ApplicantReasons[] {
  const { applicants, adverse, features, contributions, higherMeans, completed } = attributions;
  const means = referenceOf(attributions, reference);
  const side = higherMeans === "approval" ? 1 : -1;
  return applicants.flatMap((applicant, row) => {
    if (!adverse[row]) return [];
    const gaps = features.map((feature, at) => {
      const contribution = contributions[at]![row]!;
      return { feature, at, contribution, gap: side * (means[at]! - contribution) };
    });
    const noise =
      NOISE *
      Math.max(...gaps.map(({ at, contribution }) => Math.max(Math.abs(contribution), Math.abs(means[at]!))));
    const against = gaps.filter(({ gap }) => gap > noise).sort((a, b) => b.gap - a.gap || a.at - b.at);
    const total = against.reduce((sum, { gap }) => sum + gap, 0);
    const listed = against.slice(0, most);
    const last = listed.at(-1);
    return {
      applicant,
      row,
      reasons: listed.map(({ at, ...reason }) => ({
        ...reason,
        share: reason.gap / total,
        value: valueAt(attributions, at, row),
      })),
      coverage: last ? listed.reduce((sum, { gap }) => sum + gap, 0) / total : null,
      tied: last
        ? against
            .slice(most)
            .filter(({ gap }) => (last.gap - gap) / total < SAME)
            .map(({ feature }) => feature)
        : [],
      completed: completed?.[row] ?? null,
    };
  });
}

function referenceOf({ contributions, adverse }: Attributions, reference: Reference): number[] {
  if (reference === "baseline") return contributions.map(() => 0);
  const rows = [...adverse.keys()].filter((row) => reference === "all" || !adverse[row]);
  if (rows.length === 0)
    throw new RangeError(
      "no applicant of the table was approved, so that there is nobody to compare with; give the table with the approved ones, too, or --against baseline",
    );
  return contributions.map((values) => rows.reduce((sum, row) => sum + values[row]!, 0) / rows.length);
}

function valueAt({ values }: Attributions, feature: number, row: number): string | null {
  const column = values?.[feature];
  if (!column) return null;
  if (column.kind === "number") return Number.isNaN(column.values[row]!) ? null : String(column.values[row]!);
  return column.codes[row] === MISSING ? null : column.levels[column.codes[row]!]!;
}

/** Features by how many adverse actions they are a principal reason of, most first. */
export function reasonCounts(all: readonly ApplicantReasons[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { reasons } of all)
    for (const { feature } of reasons) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  return new Map([...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)));
}
