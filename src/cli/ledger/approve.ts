/** `fairwatt ledger approve` and `reject`: a person's word on an entry, signed with an SSH key where there is one. */

import { gitAuthor } from "../../energy/git-author.node.ts";
import type { ApprovalBody } from "../../ledger/entries/approval.ts";
import { defaultSigningKey } from "../../ledger/signing-key.node.ts";
import { recordApproval } from "../../ledger/statements.node.ts";
import { FAIRWATT_VERSION } from "../../version.ts";
import { printable } from "../printable.ts";
import { print } from "../table.ts";
import { withEntry } from "./project-ledger.ts";

export interface ApproveOptions {
  cwd: string;
  decision: ApprovalBody["decision"];
  role: string;
  /** git's user.name where absent. */
  name?: string;
  place?: string;
  remark?: string;
  /** Key file; git's or the usual one where absent. */
  key?: string;
  /** false: without a signature. */
  sign: boolean;
}

/** 0: written; 1: could not be signed or written; 2: no such entry, or nobody is named. */
export function ledgerApprove(reference: string, options: ApproveOptions): Promise<number> {
  return withEntry(options.cwd, reference, async ({ hash, fairwatt, line }, project) => {
    const author = await gitAuthor(project);
    const name = (options.name ?? author?.replace(/ <.*$/, ""))?.trim();
    const role = options.role.trim();
    if (!role) return refuse('--role needs the function in which you decide, such as "head of credit risk"');
    if (!name) return refuse("who decides is not known: give --name, or set git's user.name");
    const key = options.sign ? (options.key ?? (await defaultSigningKey(project))) : undefined;
    if (options.sign && !key) {
      return refuse(
        "there is no SSH key to sign with: give --key FILE, set git's user.signingkey, make one with ssh-keygen, or say --no-sign",
      );
    }
    const { decision, place, remark } = options;
    const body = {
      subject: hash,
      decision,
      name,
      role,
      ...(place !== undefined && { place }),
      ...(remark !== undefined && { remark }),
      ...(author !== undefined && { author }),
      fairwatt: FAIRWATT_VERSION,
    };
    try {
      const written = await recordApproval(fairwatt, body, key);
      await print([
        printable(`${decision}: ${line.type} ${hash.slice(0, 12)}, ${line.what}`),
        printable(
          `by ${name} (${role}), ${key ? `signed with ${key}` : "not signed"}; entry ${written.hash}`,
        ),
      ]);
      return 0;
    } catch (error) {
      process.stderr.write(`fairwatt: ${printable((error as Error).message)}; nothing was written\n`);
      return 1;
    }
  });
}

function refuse(sentence: string): number {
  process.stderr.write(`fairwatt: ${sentence}\n`);
  return 2;
}
