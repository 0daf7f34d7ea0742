/** The commit that a run was made from, by the installed git. */

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { GitState } from "./journal.ts";

const execute = promisify(execFile);

/** Undefined outside a repository, before its first commit, and where git is missing or slow (5 s). */
export async function readGitState(cwd: string): Promise<GitState | undefined> {
  try {
    // What Fairwatt itself writes does not make the code another one.
    const lines = await gitStatus(cwd, "--", ":/", ":(top,exclude,glob)**/.fairwatt/**");
    const header = (name: string) =>
      lines.find((line) => line.startsWith(`# branch.${name} `))?.slice(`# branch.${name} `.length);
    const commit = header("oid");
    const branch = header("head");
    if (!commit || commit === "(initial)") return undefined;
    return {
      commit,
      branch: branch === "(detached)" ? undefined : branch,
      dirty: lines.some((line) => !line.startsWith("#")),
    };
  } catch {
    return undefined;
  }
}

/** The lines of `git status`, those about the branch first: one process tells all. */
async function gitStatus(cwd: string, ...args: string[]): Promise<string[]> {
  const { stdout } = await execute("git", ["status", "--porcelain=v2", "--branch", ...args], {
    cwd,
    timeout: 5_000,
    maxBuffer: 16 * 1024 * 1024,
    // Looking at a repository must not write to it.
    env: { ...process.env, GIT_OPTIONAL_LOCKS: "0" },
  });
  return stdout.split("\n").filter(Boolean);
}
