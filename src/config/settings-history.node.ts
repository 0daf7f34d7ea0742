/** Since when a project's settings say what they say, by the history of the project file. */

import { execFile } from "node:child_process";
import * as path from "node:path";
import { promisify } from "node:util";
import { parseProject } from "./parse.ts";
import type { ProjectConfig } from "./project.ts";
import { PROJECT_FILES } from "./project-files.ts";

const execute = promisify(execFile);

export interface SettingsOrigin {
  /** Since the commit that last changed them; "uncommitted": the file differs from what was committed last. */
  state: "committed" | "uncommitted" | "not in version control";
  commit?: string;
  /** When that commit was made, ISO 8601, by its committer's clock. */
  time?: string;
}

/** Changes of the project file that are looked through. */
const MAX_COMMITS = 500;

/**
 * Looks through the versions of `file` (a project file) for the commit since which `pick` gives what it gives for
 * `config`: a change of another setting, of a comment or of the layout is none of it. Never throws; where git is missing,
 * slow (5 s a call) or the file is not in its history, that is "not in version control".
 */
export async function settingsOrigin(
  file: string,
  config: ProjectConfig,
  pick: (config: ProjectConfig) => unknown,
): Promise<SettingsOrigin> {
  const kind = PROJECT_FILES.find((name) => name === path.basename(file));
  const wanted = JSON.stringify(pick(config) ?? null);
  if (!kind) return { state: "not in version control" };
  try {
    const versions = (await git(file, "log", `-n${MAX_COMMITS}`, "--format=%H %cI", "--", kind)).trim();
    if (versions === "") return { state: "not in version control" };
    let since: SettingsOrigin = { state: "uncommitted" };
    for (const version of versions.split("\n")) {
      const [commit = "", time] = version.split(" ");
      const text = await git(file, "show", `${commit}:./${kind}`).catch(() => undefined);
      const then = text === undefined ? undefined : parseProject(text, kind).config;
      if (!then || JSON.stringify(pick(then) ?? null) !== wanted) break;
      since = {
        state: "committed",
        commit,
        ...(time !== undefined && { time: new Date(time).toISOString() }),
      };
    }
    return since;
  } catch {
    return { state: "not in version control" };
  }
}

async function git(file: string, ...args: string[]): Promise<string> {
  const { stdout } = await execute("git", args, {
    cwd: path.dirname(file),
    timeout: 5_000,
    maxBuffer: 16 * 1024 * 1024,
    windowsHide: true,
    env: { ...process.env, GIT_OPTIONAL_LOCKS: "0" },
  });
  return stdout;
}
