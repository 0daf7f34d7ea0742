/** The entry that a person means. */

import { readEntries, type StoredEntry } from "./read.node.ts";

/** Fewer letters of a hash than this are a slip of the hand. */
const LEAST_LETTERS = 4;

/** Its message says what there is. */
export class EntryNotFound extends Error {}

/** Sound entries of several ledgers, oldest first; entries of one time in the order of their hashes. */
export async function entriesByTime(
  fairwattFolders: readonly string[],
): Promise<(StoredEntry & { fairwatt: string })[]> {
  const entries: (StoredEntry & { fairwatt: string })[] = [];
  for (const fairwatt of fairwattFolders) {
    for await (const entry of readEntries(fairwatt)) {
      if (!entry.fault && entry.envelope) entries.push({ ...entry, fairwatt });
    }
  }
  const key = ({ envelope, hash }: StoredEntry) => `${envelope!.time} ${hash}`;
  return entries.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** `reference`: a hash, the first letters of one, a run's id, `last` or `last~N`. Throws EntryNotFound. */
export function findEntry<E extends StoredEntry>(reference: string, entries: readonly E[]): E {
  if (entries.length === 0) {
    throw new EntryNotFound("the ledger has no entries yet; a run measured with `fairwatt run` writes one");
  }
  const back = /^last(?:~(\d+))?$/.exec(reference);
  if (back) {
    const entry = entries.at(-1 - Number(back[1] ?? 0));
    if (entry) return entry;
    throw new EntryNotFound(`there is no ${reference}: the ledger has ${entries.length} entries`);
  }
  const ofRun = entries.find(({ envelope }) => envelope?.type === "run" && envelope.body.run === reference);
  if (ofRun) return ofRun;
  if (!/^[0-9a-f]+$/i.test(reference) || reference.length < LEAST_LETTERS) {
    throw new EntryNotFound(
      `"${reference}" is neither a run nor ${LEAST_LETTERS} or more letters of an entry's hash; list them with: fairwatt ledger log`,
    );
  }
  const starting = entries.filter(({ hash }) => hash.startsWith(reference.toLowerCase()));
  if (starting.length === 1) return starting[0]!;
  throw new EntryNotFound(
    starting.length === 0
      ? `no entry begins with ${reference}; list them with: fairwatt ledger log`
      : `${starting.length} entries begin with ${reference}: give more letters`,
  );
}
