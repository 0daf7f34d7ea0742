/** The shape of the ledger: which entries cite which. Pure. */

/** Hash of an entry -> hashes that it cites. */
export type Citations = ReadonlyMap<string, readonly string[]>;

/** Entries that no other cites, sorted: the newest of each branch. */
export function headsOf(citations: Citations): string[] {
  const cited = new Set([...citations.values()].flat());
  return [...citations.keys()].filter((hash) => !cited.has(hash)).sort();
}

/** Cited entries that are not there -> the entries that cite them. */
export function missingFrom(citations: Citations): Map<string, string[]> {
  const missing = new Map<string, string[]>();
  for (const [hash, parents] of citations) {
    for (const parent of parents) {
      if (!citations.has(parent)) missing.set(parent, [...(missing.get(parent) ?? []), hash]);
    }
  }
  return missing;
}

/**
 * Entries that lie on a cycle, or between two, sorted. Hashes cannot cite each other in a circle, so each of these is
 * forged or was changed.
 */
export function entriesInCycles(citations: Citations): string[] {
  const below = unsortable(citations);
  const inside = new Map<string, string[]>([...below].map((hash) => [hash, []]));
  for (const hash of below) {
    for (const parent of citations.get(hash)!) inside.get(parent)?.push(hash);
  }
  return [...unsortable(inside)].sort();
}

/** Kahn's topological sort: what is on a cycle, or leads to one by citing, is left. */
function unsortable(citations: Citations): Set<string> {
  const open = new Map<string, number>();
  const children = new Map<string, string[]>();
  for (const [hash, parents] of citations) {
    const present = new Set(parents.filter((parent) => citations.has(parent)));
    open.set(hash, present.size);
    for (const parent of present) {
      const known = children.get(parent);
      if (known) known.push(hash);
      else children.set(parent, [hash]);
    }
  }
  const ready = [...open].filter(([, count]) => count === 0).map(([hash]) => hash);
  for (let hash = ready.pop(); hash !== undefined; hash = ready.pop()) {
    open.delete(hash);
    for (const child of children.get(hash) ?? []) {
      const left = open.get(child)! - 1;
      open.set(child, left);
      if (left === 0) ready.push(child);
    }
  }
  return new Set(open.keys());
}
