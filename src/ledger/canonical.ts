/** The one way to write an entry down, so that the same content always has the same hash. */

import canonicalize from "canonicalize";

/** RFC 8785 (JSON Canonicalization Scheme). Throws on NaN, infinities and what JSON cannot hold. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("nothing that JSON can hold");
  return text;
}
