/** The text of a file for the linter, within limits. */

import * as fs from "node:fs";
import type { Skipped } from "./skipped.ts";
import { kindOf } from "./source-kind.ts";

/** Longer ones are made by tools: data, not code. Bytes. */
const MAX_BYTES = 2_000_000;
/** Notebooks carry their outputs, which are skipped over. Bytes. */
const MAX_NOTEBOOK_BYTES = 100_000_000;
const LOOKED_AT_FOR_NUL = 8_192;

export type ReadSource =
  | { text: string /** Some bytes are no UTF-8: a fix would change them. */; damaged: boolean }
  | { skipped: Skipped };

export function readSource(file: string): ReadSource {
  try {
    const limit = kindOf({ path: file }) === "notebook" ? MAX_NOTEBOOK_BYTES : MAX_BYTES;
    const { size } = fs.statSync(file);
    if (size > limit) return { skipped: { why: `larger than ${limit / 1e6} MB`, failed: false } };
    return textOf(fs.readFileSync(file));
  } catch (error) {
    const why = `cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`;
    return { skipped: { why, failed: true } };
  }
}

export function textOf(bytes: Buffer): ReadSource {
  if (bytes.subarray(0, LOOKED_AT_FOR_NUL).includes(0)) return { skipped: { why: "binary", failed: false } };
  const text = bytes.toString("utf8");
  return { text, damaged: text.includes("\uFFFD") };
}
