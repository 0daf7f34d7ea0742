/** Who made a run, as far as git knows. */

import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** "Ada Lovelace <ada@example.org>" from git's settings in `folder`; undefined without git, without a name, or after 2 s. */
export async function gitAuthor(folder: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)("git", ["config", "--get-regexp", "^user\\.(name|email)$"], {
      cwd: folder,
      timeout: 2000,
      windowsHide: true,
    });
    // The last line of a key counts, as in git itself.
    const value = (key: string) =>
      stdout
        .split(/\r?\n/)
        .findLast((line) => line.startsWith(`${key} `))
        ?.slice(key.length + 1)
        .trim();
    const name = value("user.name");
    const email = value("user.email");
    return name && email ? `${name} <${email}>` : name || email || undefined;
  } catch {
    return undefined;
  }
}
