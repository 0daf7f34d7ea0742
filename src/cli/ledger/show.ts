/** `fairwatt ledger show`: one entry, and what others say about it. */

import { knownEntry } from "../../ledger/history.ts";
import { allowedSignersFile } from "../../ledger/signing-key.node.ts";
import type { SignatureCheck } from "../../ledger/ssh-signature.node.ts";
import { checkApproval } from "../../ledger/statements.node.ts";
import { printable } from "../printable.ts";
import { bold, dim, print, printJson, red } from "../table.ts";
import { withEntry } from "./project-ledger.ts";

/** 0: shown; 2: there is no such entry. */
export function ledgerShow(
  reference: string,
  options: { cwd: string; json?: boolean; allowedSigners?: string },
): Promise<number> {
  return withEntry(options.cwd, reference, async ({ hash, envelope, line, file }, project) => {
    const entry = knownEntry(envelope);
    const signers = options.allowedSigners ?? (await allowedSignersFile(project));
    const signature =
      entry?.type === "approval" ? await checkApproval(entry.body, entry.time, signers) : undefined;
    if (options.json) {
      await printJson({ hash, ...envelope, ...(signature && { signatureCheck: signature }) });
      return 0;
    }
    const { correctedBy, decisions } = line;
    await print([
      `${bold(printable(line.type))} ${printable(line.what)}`,
      `hash      ${hash}`,
      `file      ${printable(file)}`,
      `written   ${printable(envelope.time)}`,
      `cites     ${envelope.parents.join(", ") || "nothing: it is the first"}`,
      ...correctedBy.map((by) => red(`does not hold: see ${by}`)),
      ...decisions.map(printable),
      ...(signature ? [signatureWords(signature)] : []),
      dim("body"),
      ...JSON.stringify(envelope.body, null, 2).split("\n").map(printable),
    ]);
    return 0;
  });
}

export function signatureWords(check: SignatureCheck): string {
  if (check.state === "bad") return red(`signature wrong: ${printable(check.why)}`);
  if (check.state === "unchecked") return `signature not checked: ${printable(check.why)}`;
  const owner = check.principal
    ? `of ${check.principal}, as the allowed signers say`
    : "; nobody says whose key that is (git's gpg.ssh.allowedSignersFile, or --allowed-signers)";
  return printable(`signature right, by ${check.key}${owner.startsWith(";") ? owner : ` ${owner}`}`);
}
