/** Small files of /proc, read each second: three system calls where readFile makes five, and no buffer of their own. */

import * as fs from "node:fs";

const buffer = Buffer.allocUnsafe(16 * 1024);

/** The first 16 KB of a file as Latin-1; undefined when it cannot be read. */
export function readProcFile(file: string): string | undefined {
  let fd: number | undefined;
  try {
    fd = fs.openSync(file, "r");
    return buffer.toString("latin1", 0, fs.readSync(fd, buffer, 0, buffer.length, 0));
  } catch {
    return undefined;
  } finally {
    if (fd !== undefined) fs.closeSync(fd);
  }
}

/** A file that stays the same one and is read again and again: it is opened once. */
export class KeptProcFile {
  private fd: number | undefined;

  /** @param most bytes that are read: what is asked for stands at the beginning of most of these files */
  constructor(
    private readonly file: string,
    private readonly most = buffer.length,
  ) {}

  /** The first bytes as Latin-1; undefined when it cannot be read now. */
  read(): string | undefined {
    try {
      this.fd ??= fs.openSync(this.file, "r");
      return buffer.toString("latin1", 0, fs.readSync(this.fd, buffer, 0, this.most, 0));
    } catch {
      this.close();
      return undefined;
    }
  }

  close(): void {
    if (this.fd !== undefined) fs.closeSync(this.fd);
    this.fd = undefined;
  }
}
