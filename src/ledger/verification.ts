/** What a verification of the ledger finds. */

export type ProblemKind =
  | "changed"
  | "not-canonical"
  | "not-an-entry"
  | "unreadable"
  | "missing"
  | "cycle"
  | "foreign"
  | "run-entry-missing"
  | "summary-changed"
  | "journal-changed"
  | "journal-missing"
  | "journal-added"
  | "signature-wrong"
  | "signer-not-allowed";

export interface LedgerProblem {
  kind: ProblemKind;
  /** One sentence that names the file, entry or run. */
  message: string;
  /** Hash of the entry concerned, where there is one. */
  entry?: string;
}

export interface LedgerVerification {
  /** Files of the ledger that are named as entries. */
  entries: number;
  /** Sound entries that no other cites: note them to find out later whether something was removed. */
  heads: string[];
  /** Journals whose bytes were compared. */
  journals: number;
  /** Signatures of approvals that are right. */
  signatures: number;
  problems: LedgerProblem[];
  /** What could not be checked, or what a reader should know. */
  notices: string[];
}
