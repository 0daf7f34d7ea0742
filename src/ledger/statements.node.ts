/** What people say about entries: approvals, signed or not, and corrections. Each is an entry of its own. */

import { canonicalJson } from "./canonical.ts";
import type { ApprovalBody } from "./entries/approval.ts";
import type { CorrectionBody } from "./entries/correction.ts";
import { checkSshSignature, type SignatureCheck, signWithSsh } from "./ssh-signature.node.ts";
import { type WrittenEntry, writeEntry } from "./write-entry.node.ts";

/** What a signature is made over. */
export function signedText({ signature: _, ...body }: ApprovalBody): string {
  return canonicalJson(body);
}

/**
 * Writes an approval or a rejection of the entry `body.subject`, which must be in the ledger; signed where a key is given.
 * Throws an Error with a sentence where the key cannot sign, else as writeEntry does.
 */
export async function recordApproval(
  fairwatt: string,
  body: Omit<ApprovalBody, "signature">,
  keyFile?: string,
): Promise<WrittenEntry> {
  const signature = keyFile && {
    scheme: "ssh" as const,
    value: await signWithSsh(signedText(body), keyFile),
  };
  return writeEntry(fairwatt, {
    type: "approval",
    time: new Date().toISOString(),
    body: { ...body, ...(signature && { signature }) },
  });
}

/** `time`: of its entry. Undefined where the approval is not signed. Never throws. */
export async function checkApproval(
  body: ApprovalBody,
  time: string,
  allowedSigners?: string,
): Promise<SignatureCheck | undefined> {
  if (!body.signature) return undefined;
  const at = Date.parse(time);
  const signedAt = Number.isNaN(at) ? undefined : at;
  return checkSshSignature(signedText(body), body.signature.value, allowedSigners, signedAt);
}

/** Writes that the entry `body.corrects` is wrong. Throws as writeEntry does. */
export function recordCorrection(fairwatt: string, body: CorrectionBody): Promise<WrittenEntry> {
  return writeEntry(fairwatt, { type: "correction", time: new Date().toISOString(), body });
}
