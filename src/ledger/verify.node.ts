/**
 * Checks a ledger against itself and against the journals that are here.
 *
 * Found: a changed byte, an entry that another cites and that is gone, a forged name, a journal that no longer has the hash
 * its entry names. Not found by the chain alone: the newest entries (heads) removed together, because nothing cites them.
 * Where the run's directory is still here, its summary names the entry and the removal is found; elsewhere only git's
 * history, or a head noted from an earlier verification, tells.
 */

import { ledgerFolder, runsFolder } from "../energy/run-folder.node.ts";
import { entriesInCycles, headsOf, missingFrom } from "./graph.ts";
import { knownEntry } from "./history.ts";
import { listLedger, readEntries, runBodyOf, type StoredEntry } from "./read.node.ts";
import type { LedgerProblem, LedgerVerification } from "./verification.ts";
import { type RunEntryRecord, verifyRuns } from "./verify-runs.node.ts";
import { type Statement, verifyStatements } from "./verify-statements.node.ts";

const short = (hash: string) => hash.slice(0, 12);
/** Left in folders by desktops; no sign of tampering. */
const HARMLESS = new Set([".DS_Store", "Thumbs.db", "desktop.ini", ".gitkeep"]);

/**
 * `allowedSigners`: whose SSH keys count, a file in ssh-keygen's format; `onlyTheirs`: another's signature is a problem, else
 * it is noted. Throws the system's error when the ledger's folder is there and cannot be read.
 */
export async function verifyLedger(
  fairwatt: string,
  allowedSigners?: string,
  onlyTheirs = false,
): Promise<LedgerVerification> {
  const problems: LedgerProblem[] = [];
  const notices: string[] = [];
  const citations = new Map<string, readonly string[]>();
  const sound = new Map<string, readonly string[]>();
  const runs: RunEntryRecord[] = [];
  const statements: Statement[] = [];
  for await (const entry of readEntries(fairwatt)) {
    const parents = entry.envelope?.parents ?? [];
    citations.set(entry.hash, parents);
    if (entry.fault) problems.push(faultProblem(entry));
    else sound.set(entry.hash, parents);
    const body = runBodyOf(entry);
    if (body) runs.push({ hash: entry.hash, body });
    const known = !entry.fault && entry.envelope ? knownEntry(entry.envelope) : undefined;
    if (known?.type === "approval" || known?.type === "correction") {
      statements.push({ hash: entry.hash, entry: known });
    }
    if (!entry.fault && !known) {
      notices.push(
        `entry ${short(entry.hash)} is of a type that this version does not know; its hash is right`,
      );
    }
  }
  for (const [hash, by] of missingFrom(citations)) {
    const message = `entry ${short(hash)} is missing; it is cited by ${by.map(short).join(", ")}`;
    problems.push({ kind: "missing", entry: hash, message });
  }
  for (const hash of entriesInCycles(citations)) {
    problems.push({
      kind: "cycle",
      entry: hash,
      message: `entry ${short(hash)} cites itself by way of others: forged`,
    });
  }
  checkOthers(fairwatt, problems, notices);
  const { journals } = await verifyRuns(
    [runsFolder(fairwatt)],
    runs,
    new Set(sound.keys()),
    problems,
    notices,
  );
  const present = new Set(citations.keys());
  const signers = { allowedSigners, onlyTheirs };
  const signatures = await verifyStatements(statements, present, signers, problems, notices);
  return { entries: citations.size, heads: headsOf(sound), journals, signatures, problems, notices };
}

function faultProblem(entry: StoredEntry): LedgerProblem {
  const { kind, message } = entry.fault!;
  return { kind, entry: entry.hash, message: `entry ${short(entry.hash)} ${message}` };
}

function checkOthers(fairwatt: string, problems: LedgerProblem[], notices: string[]): void {
  for (const name of listLedger(fairwatt).others) {
    if (HARMLESS.has(name)) continue;
    if (/^\..*\.tmp$/.test(name)) {
      notices.push(`${name} was left by a write that did not finish; it can be deleted`);
    } else {
      const message = `${name} in ${ledgerFolder(fairwatt)} is not a ledger entry`;
      problems.push({ kind: "foreign", message });
    }
  }
}
