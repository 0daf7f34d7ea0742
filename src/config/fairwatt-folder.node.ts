/** The `.fairwatt` folder of a project: what of it goes into git. */

import * as fs from "node:fs";
import * as path from "node:path";

const GITIGNORE = `# Written by Fairwatt. Runs (journals) are large and stay here; the ledger is small and belongs to the history.
/*
!/.gitignore
!/ledger/
/ledger/.*
`;

/**
 * Makes `fairwatt` (a `.fairwatt` folder) and the `.gitignore` in it; an existing one is left as it is.
 * Returns the files it wrote. Throws the system's error where it cannot (read-only, full).
 */
export function ensureFairwattFolder(fairwatt: string): string[] {
  fs.mkdirSync(fairwatt, { recursive: true });
  const file = path.join(fairwatt, ".gitignore");
  try {
    fs.writeFileSync(file, GITIGNORE, { flag: "wx" });
    return [file];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return [];
    throw error;
  }
}
