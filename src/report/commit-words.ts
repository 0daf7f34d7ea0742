/** A commit as documents name it. */

import type { GitState } from "../energy/journal.ts";

/** "main@3f2c1ab+": the plus says that files differed from the commit. Null outside git. */
export function commitWords(git: GitState | undefined): string | null {
  if (!git) return null;
  const commit = git.commit.slice(0, 8);
  return `${git.branch ? `${git.branch}@` : ""}${commit}${git.dirty ? "+" : ""}`;
}
