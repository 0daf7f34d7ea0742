/**
 * A line at the end of every written document that says whether anybody has changed it since: a hash over all the rest.
 * It protects people's edits from being overwritten; whoever wants to forge a document can make it anew.
 */

const SEAL = /fairwatt-seal (DRAFT|FINAL) ([0-9a-f]{64})/g;
const BLANK = "0".repeat(64);

type Digest = (bytes: Buffer) => string;

/** What goes into the document before `sealed` fills it in. */
export const blankSeal = (status: "DRAFT" | "FINAL"): string => `fairwatt-seal ${status} ${BLANK}`;

/** The document with its blank seal filled in. */
export function sealed(document: Buffer, digest: Digest): Buffer {
  const seals = (["DRAFT", "FINAL"] as const).map((status) => document.lastIndexOf(blankSeal(status)));
  const at = Math.max(...seals);
  if (at < 0) throw new RangeError("the document has no blank seal");
  const filled = Buffer.from(document);
  filled.write(digest(document), at + blankSeal("DRAFT").length - BLANK.length, "latin1");
  return filled;
}

/** draft: as it was written. final: signed. edited: somebody changed it, or it is no document of ours. */
export function stateOf(document: Buffer, digest: Digest): "draft" | "final" | "edited" {
  // Latin-1 keeps every byte's place, whatever the document's encoding.
  const text = document.toString("latin1");
  const found = [...text.matchAll(SEAL)].at(-1);
  if (!found) return "edited";
  const [whole, status, hash] = found;
  const blank = Buffer.from(document);
  blank.write(BLANK, found.index + whole.length - 64, "latin1");
  if (digest(blank) !== hash) return "edited";
  return status === "FINAL" ? "final" : "draft";
}
