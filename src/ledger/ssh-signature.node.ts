/**
 * Signatures by a person's SSH key, as git makes them: OpenSSH's `ssh-keygen -Y` (format "SSHSIG", namespace "fairwatt").
 * Anybody can check one with ssh-keygen alone.
 */

import { execFile, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";

export const SIGNATURE_NAMESPACE = "fairwatt";
const SSH_KEYGEN = "ssh-keygen";
/** A check asks nobody for anything; a signature may wait for a passphrase or a touch of a key. */
const CHECK_MS = 10_000;

export type SignatureCheck =
  /** `principal`: who the allowed signers say the key belongs to; absent where they do not know the key, or there are none. */
  | { state: "good"; key: string; principal?: string }
  | { state: "bad"; why: string }
  | { state: "unchecked"; why: string };

/**
 * Signs `message` with the key in `keyFile` (a private key, or a public one whose private half an agent holds). A
 * passphrase is asked for on the terminal. Throws an Error with a sentence that says what to do.
 */
export async function signWithSsh(message: string, keyFile: string): Promise<string> {
  const child = spawn(SSH_KEYGEN, ["-Y", "sign", "-q", "-n", SIGNATURE_NAMESPACE, "-f", keyFile], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  const output = { out: "", error: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output.error += text;
  });
  child.stdin.on("error", () => undefined);
  child.stdin.end(message);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "ENOENT"
          ? new Error(`${SSH_KEYGEN} was not found: install OpenSSH 8.0 or later`)
          : error,
      ),
    );
    child.once("close", resolve);
  });
  if (code === 0 && output.out.startsWith("-----BEGIN SSH SIGNATURE-----")) return output.out;
  const said = output.error.trim().split(/\r?\n/).at(-1) || `exit code ${code}`;
  throw new Error(`${keyFile} could not sign: ${said}`);
}

/**
 * Checks a signature of `message`. `allowedSigners`: a file in ssh-keygen's format, asked as of `signedAt` (Unix ms), as git
 * does: a key that is no longer used was right while it was. Never throws.
 */
export async function checkSshSignature(
  message: string,
  signature: string,
  allowedSigners?: string,
  signedAt = Date.now(),
): Promise<SignatureCheck> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-signature-"));
  const file = path.join(folder, "signature");
  try {
    fs.writeFileSync(file, signature);
    const good = await keygen(["-Y", "check-novalidate", "-n", SIGNATURE_NAMESPACE, "-s", file], message);
    const key = /with (.+)$/m.exec(good)?.[1]?.trim() ?? "a key";
    const principal = allowedSigners && (await findPrincipal(message, file, allowedSigners, signedAt));
    return { state: "good", key, ...(principal && { principal }) };
  } catch (error) {
    const { code, stderr, stdout } = error as { code?: unknown; stderr?: string; stdout?: string };
    if (typeof code !== "number") {
      const why = code === "ENOENT" ? `${SSH_KEYGEN} was not found` : (error as Error).message;
      return { state: "unchecked", why };
    }
    const why = `${stderr ?? ""}\n${stdout ?? ""}`.trim().split(/\r?\n/).at(-1) || `exit code ${code}`;
    return { state: "bad", why };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Undefined where no allowed signer has the key, or its validity did not hold. */
async function findPrincipal(
  message: string,
  file: string,
  allowedSigners: string,
  signedAt: number,
): Promise<string | undefined> {
  // By this machine's clock: older versions know no "Z".
  const two = (number: number) => String(number).padStart(2, "0");
  const date = new Date(signedAt);
  const parts = [date.getMonth() + 1, date.getDate(), date.getHours(), date.getMinutes(), date.getSeconds()];
  const then = `-Overify-time=${date.getFullYear()}${parts.map(two).join("")}`;
  try {
    const found = await keygen(["-Y", "find-principals", then, "-s", file, "-f", allowedSigners], "");
    const principal = found.split(/\r?\n/)[0]?.trim();
    if (!principal) return undefined;
    const by = ["-n", SIGNATURE_NAMESPACE, "-s", file, "-f", allowedSigners, "-I", principal];
    await keygen(["-Y", "verify", then, ...by], message);
    return principal;
  } catch {
    return undefined;
  }
}

async function keygen(args: string[], input: string): Promise<string> {
  const running = promisify(execFile)(SSH_KEYGEN, args, { timeout: CHECK_MS, windowsHide: true });
  running.child.stdin?.on("error", () => undefined);
  running.child.stdin?.end(input);
  const { stdout, stderr } = await running;
  return `${stdout}${stderr}`;
}
