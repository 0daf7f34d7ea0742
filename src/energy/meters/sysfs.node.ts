/** Small reads from /sys and /proc. */

import * as fs from "node:fs";

/** Text of a file without the final line end; undefined when it cannot be read. */
export function readText(file: string): string | undefined {
  try {
    return fs.readFileSync(file, "utf8").trimEnd();
  } catch {
    return undefined;
  }
}

/** A file that holds one unsigned decimal number; undefined when it cannot be read or holds something else. */
export function readUnsigned(file: string): number | undefined {
  const text = readText(file);
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Names in a folder, sorted; undefined when it cannot be listed. */
export function listFolder(folder: string): string[] | undefined {
  try {
    return fs.readdirSync(folder).sort();
  } catch {
    return undefined;
  }
}

/** What a symbolic link names; undefined where it is none or cannot be read. */
export function linkTarget(file: string): string | undefined {
  try {
    return fs.readlinkSync(file);
  } catch {
    return undefined;
  }
}

/** errno name of the failure to open a file for reading; undefined when it opens. */
export function whyUnreadable(file: string): string | undefined {
  try {
    const fd = fs.openSync(file, "r");
    try {
      fs.readSync(fd, Buffer.alloc(1), 0, 1, 0);
    } finally {
      fs.closeSync(fd);
    }
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

/**
 * A sysfs file with one unsigned number, kept open. Reading at offset 0 makes the kernel compute the value anew, and
 * costs a tenth of what opening, reading and closing it does. A file that fails is closed and opened again at the next read: the
 * module behind it may have been loaded anew.
 */
export class CounterFile {
  private fd: number | undefined;
  private readonly buffer = Buffer.alloc(32);

  constructor(readonly file: string) {}

  /** The number; null when it cannot be read, never 0 for that. */
  read(): number | null {
    try {
      this.fd ??= fs.openSync(this.file, "r");
      return parseDigits(this.buffer, fs.readSync(this.fd, this.buffer, 0, this.buffer.length, 0));
    } catch {
      this.close();
      return null;
    }
  }

  close(): void {
    if (this.fd === undefined) return;
    const fd = this.fd;
    this.fd = undefined;
    try {
      fs.closeSync(fd);
    } catch {
      // Nothing is lost: the descriptor was only read from.
    }
  }
}

const ZERO = 48;
const SPACE = 32;

/** "123\n" -> 123; null unless it is digits followed by blanks only. */
function parseDigits(bytes: Uint8Array, length: number): number | null {
  let value = 0;
  let digits = 0;
  for (let i = 0; i < length; i++) {
    const byte = bytes[i]!;
    if (byte >= ZERO && byte <= ZERO + 9) {
      if (digits !== i) return null;
      value = value * 10 + (byte - ZERO);
      digits++;
    } else if (byte > SPACE) {
      return null;
    }
  }
  return digits > 0 ? value : null;
}
