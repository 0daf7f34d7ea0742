/** SHA-256 of files of any size. */

import { createHash } from "node:crypto";
import * as fs from "node:fs";

/** Streams the file in pieces of 1 MiB. Throws the system's error. */
export async function hashFile(file: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const piece of fs.createReadStream(file, { highWaterMark: 1 << 20 })) {
    hash.update(piece as Buffer);
    bytes += (piece as Buffer).length;
  }
  return { sha256: hash.digest("hex"), bytes };
}
