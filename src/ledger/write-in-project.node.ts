/** Writes an entry into the ledger of a project. */

import { fairwattFolders } from "../energy/run-folder.node.ts";
import { type EntryContent, writeEntry } from "./write-entry.node.ts";

/**
 * Returns the entry's hash. Where the project's folder cannot be written, the user's own state folder is taken. Throws the
 * system's error where neither can be.
 */
export async function writeInProject(project: string, content: EntryContent): Promise<string> {
  let problem: unknown;
  for (const fairwatt of fairwattFolders(project)) {
    try {
      return (await writeEntry(fairwatt, content)).hash;
    } catch (error) {
      problem ??= error;
    }
  }
  throw problem;
}
