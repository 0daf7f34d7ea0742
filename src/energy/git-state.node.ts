/** The commit that a run was made from, by the installed git. */

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { GitState } from "./journal.ts";

const execute = promisify(execFile);

/** Undefined outside a repository, before its first commit, and where git is missing or slow (5 s). */
export async function readGitState(cwd: string): Promise<GitState | undefined> {
  try {
    const [commit, branch, changes] = await Promise.all([
      git(cwd, "rev-parse", "HEAD"),
      git(cwd, "branch", "--show-current"),
      // What Fairwatt itself writes does not make the code another one.
      git(cwd, "status", "--porcelain", "--", ":/", ":(top,exclude,glob)**/.fairwatt/**"),
    ]);
    return { commit, branch: branch || undefined, dirty: changes !== "" };
  } catch {
    return undefined;
  }
}

async function git(cwd: string, ...args: string[]): Promise<string> {
  const { stdout } = await execute("git", args, {
    cwd,
    timeout: 5_000,
    maxBuffer: 16 * 1024 * 1024,
    // Looking at a repository must not write to it.
    env: { ...process.env, GIT_OPTIONAL_LOCKS: "0" },
  });
  return stdout.trim();
}
