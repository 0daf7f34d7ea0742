/** The gate of a project: what must hold before a change goes on. Pure. */

import type { BudgetState } from "../../carbon/budget/budget.ts";
import type { GateConfig } from "../../config/gate-settings.ts";
import type { HistoryEntry } from "../../ledger/history.ts";
import { brokenLimit } from "./checks/broken-limit.ts";
import { changedLedger } from "./checks/changed-ledger.ts";
import { lintFindings } from "./checks/lint-findings.ts";
import { missingAudit } from "./checks/missing-audit.ts";
import { passedBudget } from "./checks/passed-budget.ts";
import { staleAudit } from "./checks/stale-audit.ts";
import { wrongSettings } from "./checks/wrong-settings.ts";

export interface GateInput {
  settings: GateConfig;
  /** What in the project file keeps its default because it is wrong. Path in the project; line from 1. */
  settingsProblems: readonly { file: string; line: number; message: string }[];
  /** Sound entries, oldest first. */
  entries: readonly HistoryEntry[];
  /** What `ledger verify` found. */
  ledgerProblems: readonly string[];
  /** Audited files as they are now: path in the project -> SHA-256; null where the file is not there. */
  files: ReadonlyMap<string, string | null>;
  /** Limits that the project file sets now: path in the project -> "equalized_odds <= 0.1". */
  limits: ReadonlyMap<string, readonly string[]>;
  /** Absent where the project has none. */
  budget?: BudgetState;
  lint: readonly LintFinding[];
  /** Unix ms. */
  now: number;
}

export interface LintFinding {
  rule: string;
  severity: "error" | "warning";
  message: string;
  /** Path in the project; line from 1. */
  file: string;
  line: number;
}

export interface GateFinding {
  /** Id of the check. */
  check: string;
  /** "error" stops the gate. */
  level: "error" | "note";
  /** One sentence: what does not hold. */
  message: string;
  /** What to do about it. */
  remedy: string;
  /** Path in the project; line from 1. */
  file?: string;
  line?: number;
}

export interface GateCheck {
  id: string;
  /** What must hold. */
  title: string;
  /** Why it is asked. */
  why: string;
  check: (input: GateInput) => Omit<GateFinding, "check">[];
}

/** In the order in which they are told. */
export const GATE_CHECKS: readonly GateCheck[] = [
  wrongSettings,
  changedLedger,
  missingAudit,
  brokenLimit,
  staleAudit,
  passedBudget,
  lintFindings,
];

export interface GateResult {
  findings: GateFinding[];
  passes: boolean;
}

export function runGate(input: GateInput): GateResult {
  const findings = GATE_CHECKS.flatMap(({ id, check }) =>
    check(input).map((finding) => ({ check: id, ...finding })),
  );
  return { findings, passes: findings.every(({ level }) => level !== "error") };
}
