/** "Did you mean": the valid names that a mistyped one is close to. */

import { distance } from "fastest-levenshtein";

/** At most `count` candidates within a third of the name's length in single-letter edits (two for a short name), nearest first. */
export function nearest(name: string, candidates: Iterable<string>, count = 1): string[] {
  const wanted = name.toLowerCase();
  // Two letters that changed places are two edits.
  const limit = wanted.length < 4 ? 1 : Math.max(2, Math.floor(wanted.length / 3));
  const close: { candidate: string; edits: number }[] = [];
  for (const candidate of new Set(candidates)) {
    const edits = distance(wanted, candidate.toLowerCase());
    if (edits <= limit) close.push({ candidate, edits });
  }
  close.sort((a, b) => a.edits - b.edits || a.candidate.localeCompare(b.candidate, "en"));
  return close.slice(0, count).map(({ candidate }) => candidate);
}
