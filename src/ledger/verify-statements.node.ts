/** Checks what people said about entries: that those entries are there, and that signatures are right. */

import type { LedgerEntry } from "./entry.ts";
import { checkApproval } from "./statements.node.ts";
import type { LedgerProblem } from "./verification.ts";

const short = (hash: string) => hash.slice(0, 12);

export interface Statement {
  hash: string;
  entry: Extract<LedgerEntry, { type: "approval" | "correction" }>;
}

/** Whose keys count: a file in ssh-keygen's format. `onlyTheirs`: a signature by another key is a problem. */
interface Signers {
  allowedSigners: string | undefined;
  onlyTheirs: boolean;
}

/** `present`: hashes of all entries. Adds to `problems` and `notices`; returns how many signatures are right. Never throws. */
export async function verifyStatements(
  statements: readonly Statement[],
  present: ReadonlySet<string>,
  signers: Signers,
  problems: LedgerProblem[],
  notices: string[],
): Promise<number> {
  let right = 0;
  for (const { hash, entry } of statements) {
    const subject = entry.type === "approval" ? entry.body.subject : entry.body.corrects;
    if (!present.has(subject)) {
      const message = `entry ${short(subject)} is missing; ${entry.type} ${short(hash)} is about it`;
      problems.push({ kind: "missing", entry: subject, message });
    }
    if (entry.type === "approval" && (await isRight(hash, entry, signers, problems, notices))) {
      right++;
    }
  }
  return right;
}

async function isRight(
  hash: string,
  { body, time }: Extract<LedgerEntry, { type: "approval" }>,
  signers: Signers,
  problems: LedgerProblem[],
  notices: string[],
): Promise<boolean> {
  const { allowedSigners, onlyTheirs } = signers;
  const check = await checkApproval(body, time, allowedSigners);
  if (check?.state === "bad") {
    const message = `the signature of approval ${short(hash)} by ${body.name} is wrong: ${check.why}`;
    problems.push({ kind: "signature-wrong", entry: hash, message });
  } else if (check?.state === "unchecked") {
    notices.push(`the signature of approval ${short(hash)} was not checked: ${check.why}`);
  } else if (check && !check.principal) {
    const said = allowedSigners ? "the allowed signers do not have that key" : "no allowed signers are named";
    const message = `approval ${short(hash)} by ${body.name} is signed with ${check.key}; ${said}`;
    if (onlyTheirs) {
      problems.push({ kind: "signer-not-allowed", entry: hash, message });
      return false;
    }
    notices.push(message);
  }
  return check?.state === "good";
}
