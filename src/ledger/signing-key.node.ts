/** Which SSH key a person signs with, and whose keys a project knows: git's own settings first. */

import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { homeFolder } from "../config/home.node.ts";

/** In the order of preference; OpenSSH's own names. */
const USUAL_KEYS = ["id_ed25519", "id_ed25519_sk", "id_ecdsa", "id_ecdsa_sk", "id_rsa"];

/** git's `user.signingkey` where it signs with SSH keys, else the first usual key in `~/.ssh`; undefined: there is none. */
export async function defaultSigningKey(folder: string): Promise<string | undefined> {
  const named =
    (await gitSetting(folder, "gpg.format")) === "ssh" && (await gitSetting(folder, "user.signingkey"));
  // git takes a key itself ("key::ssh-ed25519 ...") in this place, too; ssh-keygen needs a file.
  if (named && !/^(key::|ssh-|ecdsa-)/.test(named)) return expandHome(named);
  return USUAL_KEYS.map((name) => path.join(homeFolder(), ".ssh", name)).find((file) => fs.existsSync(file));
}

/** git's `gpg.ssh.allowedSignersFile`, where it is there. */
export async function allowedSignersFile(folder: string): Promise<string | undefined> {
  const named = await gitSetting(folder, "gpg.ssh.allowedSignersFile");
  const file = named && path.resolve(folder, expandHome(named));
  return file && fs.existsSync(file) ? file : undefined;
}

async function gitSetting(folder: string, name: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)("git", ["config", "--get", name], {
      cwd: folder,
      timeout: 2000,
      windowsHide: true,
    });
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}

const expandHome = (file: string) => (file.startsWith("~/") ? path.join(homeFolder(), file.slice(2)) : file);
