/** Files that are either wholly there or not at all, whatever is killed or full meanwhile. */

import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

/**
 * Replaces `file` by `bytes`. Throws the system's error; the old file is then as it was. Not forced to the disk: for what
 * can be made again.
 */
export function replaceFile(file: string, bytes: Buffer): void {
  withTemporary(file, bytes, false, (temporary) => fs.renameSync(temporary, file));
}

/**
 * Writes `bytes` to `file` unless there is a file of that name: then that one must hold the same bytes.
 * Safe against any number of writers, and on the disk when it returns. Throws the system's error, or an Error where other bytes are there.
 */
export function createFile(file: string, bytes: Buffer): void {
  withTemporary(file, bytes, true, (temporary) => {
    try {
      fs.linkSync(temporary, file);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      // File systems without hard links: two writers of one name write the same bytes there.
      if (code !== "EEXIST" && !fs.existsSync(file)) return fs.renameSync(temporary, file);
      if (!fs.readFileSync(file).equals(bytes)) throw new Error(`${file} is there with other content`);
    }
  });
}

function withTemporary(
  file: string,
  bytes: Buffer,
  durable: boolean,
  publish: (temporary: string) => void,
): void {
  const folder = path.dirname(file);
  const temporary = path.join(folder, `.${path.basename(file)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    const fd = fs.openSync(temporary, "wx");
    try {
      fs.writeFileSync(fd, bytes);
      if (durable) fs.fsyncSync(fd);
    } finally {
      fs.closeSync(fd);
    }
    publish(temporary);
  } finally {
    fs.rmSync(temporary, { force: true });
  }
  if (durable) syncFolder(folder);
}

/** So that the name survives a power cut too; not every platform can. */
function syncFolder(folder: string): void {
  try {
    const fd = fs.openSync(folder, "r");
    try {
      fs.fsyncSync(fd);
    } finally {
      fs.closeSync(fd);
    }
  } catch {
    // Windows and some network file systems refuse: the bytes themselves are synced.
  }
}
