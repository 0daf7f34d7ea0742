/** What a rule is: a pure function from facts to findings, with its documentation and the examples that are its tests. */

import type { Facts } from "./facts.ts";
import type { Finding, FixSafety, Severity } from "./finding.ts";
import type { ProjectEvidence } from "./project/evidence.ts";

export type Profile = "default" | "high-risk";

export interface RuleExample {
  /** Name of the file as it would be called: readers and rules look at it. */
  file: string;
  text: string;
  /** Texts that the findings' ranges start with, in order; empty: it must stay silent. */
  findings: string[];
  /** What the project around it says, where the example needs it. */
  evidence?: Partial<ProjectEvidence>;
  /** The same in words, for the page: "where `README.md` describes the data". */
  beside?: string;
}

export interface RuleContext {
  facts: Facts;
  /** What the rest of the project says; `undefined` when only this file is known. */
  evidence: ProjectEvidence | undefined;
  profile: Profile;
  /** Selected by a prefix of its own or by ALL: a rule may then say more than in the precise subset. */
  chosen?: boolean;
}

export interface Rule {
  /** "FW101": letter prefix, family, number. Never reused. */
  code: string;
  /** "missing-fairness-check" */
  name: string;
  /** In the default profile (section 3.6 of the catalogue's advice: the precise subset); others are opted in by prefix. */
  default: boolean;
  /** The usual severity; a finding may carry another. */
  severity: Severity;
  fix: FixSafety | "none";
  /** What kind of file it looks at; the engine calls it for no other. */
  appliesTo: readonly Facts["kind"][];
  docs: {
    /** One sentence each. */
    what: string;
    why: string;
    /** What is looked at besides the file's own code, where something is. */
    where?: string;
    /** What silences it. */
    silencedBy: string[];
    /** Why the fix may change meaning, where there is one. */
    fixSafety?: string;
    /** Sources: papers, documentation, with year. No saving without its condition. */
    references: string[];
  };
  /** Its tests; the first of each is shown on its page. */
  examples: { bad: RuleExample[]; good: RuleExample[] };
  check(context: RuleContext): Finding[];
}

/** Adds the rule's code to its findings. */
export function findingOf(
  rule: Pick<Rule, "code" | "severity">,
  finding: Omit<Finding, "rule" | "severity" | "related" | "fixes" | "why" | "silencedBy"> & Partial<Finding>,
): Finding {
  return {
    severity: rule.severity,
    why: [],
    silencedBy: [],
    related: [],
    fixes: [],
    ...finding,
    rule: rule.code,
  };
}
