import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Copies a folder for a journey to work in; the copy has the folder's name, which the window shows. */
export function copyWorkspace(source: string): string {
  const copy = path.join(mkdtempSync(path.join(tmpdir(), "fairwatt-workspace-")), path.basename(source));
  cpSync(source, copy, { recursive: true });
  return copy;
}
