/** Text in, findings out: reader by the file's kind, facts, the selected rules, suppressions. Never throws for a text. */

import type { ConfigFacts } from "./config/config-facts.ts";
import { pythonServing } from "./config/systems/python-serving.ts";
import type { Facts } from "./facts.ts";
import type { Finding } from "./finding.ts";
import type { ProjectEvidence } from "./project/evidence.ts";
import { mayBeServed } from "./project/served-by.ts";
import type { PythonFacts } from "./python/python-facts.ts";
import type { Rule } from "./rule.ts";
import { RULES } from "./rules/index.ts";
import { isChosen, type Selection, selectRules } from "./select.ts";
import { kindOf, type SourceKind } from "./source-kind.ts";
import { applySuppressions, type Suppressed } from "./suppress.ts";
import { isTestFile, isTrial } from "./test-file.ts";
import { createWrittenReader, movedBy } from "./written.ts";

export interface SourceText {
  /** With forward slashes, relative to the project's folder where there is one. */
  path: string;
  text: string;
  /** The editor's name for its language, where an editor asks. */
  languageId?: string;
}

/** What makes facts of a text; `undefined` where it is not what its name says (a notebook that is no JSON). */
export interface Readers {
  python(source: SourceText): PythonFacts | undefined;
  notebook(source: SourceText): PythonFacts | undefined;
  config(source: SourceText): ConfigFacts | undefined;
}

export interface LintOptions extends Selection {
  evidence?: ProjectEvidence;
}

export interface LintResult {
  /** By position, then code; at most one of a rule at a place. Offsets in `facts.text`. */
  findings: Finding[];
  suppressed: Suppressed[];
  /** Absent when no reader takes the file, and of a test. */
  facts?: Facts;
  kind?: SourceKind;
  /** Rules that failed: a defect of ours, reported and passed over. */
  failures: { rule: string; error: unknown }[];
}

export interface Linter {
  readonly rules: readonly Rule[];
  lint(source: SourceText, options?: LintOptions): LintResult;
}

export function createLinter(readers: Readers, rules: readonly Rule[] = RULES): Linter {
  const written = createWrittenReader(readers);
  return {
    rules,
    lint(source, options = {}) {
      const kind = kindOf(source);
      const isTest = isTestFile(source.path, kind) && !isTrial(source.path, source.text);
      const read = kind && !isTest ? readers[kind](source) : undefined;
      const facts = read?.kind === "python" ? servedThrough(read, options.evidence) : read;
      if (!facts) return { findings: [], suppressed: [], failures: [], kind };
      const failures: LintResult["failures"] = [];
      const found: Finding[] = [];
      const selected = selectRules(rules, options, source.path);
      const check = (rule: Rule, facts: Facts): Finding[] => {
        if (!rule.appliesTo.includes(facts.kind)) return [];
        try {
          const profile = options.profile ?? "default";
          const chosen = isChosen(rule, options);
          return rule.check({ facts, evidence: options.evidence, profile, chosen });
        } catch (error) {
          failures.push({ rule: rule.code, error });
          return [];
        }
      };
      for (const rule of selected) found.push(...check(rule, facts));
      for (const file of written(facts, source.path)) {
        const own = selected.filter(({ code }) => file.speaks.test(code));
        const within = own.flatMap((rule) => check(rule, file.facts));
        const kept = applySuppressions(tidy(within, file.facts.text.length), file.facts).findings;
        found.push(...kept.map((finding) => movedBy(finding, file.start)));
      }
      const { findings, suppressed } = applySuppressions(tidy(found, facts.text.length), facts);
      return { findings, suppressed, facts, kind, failures };
    },
  };
}

/** A program whose model another file of the project serves is read as one that serves it. */
function servedThrough(facts: PythonFacts, evidence: ProjectEvidence | undefined): PythonFacts {
  const server = evidence !== undefined && mayBeServed(facts) ? evidence.servedBy : undefined;
  if (server === undefined) return facts;
  const served = { ...facts, server };
  return { ...served, serving: pythonServing(served) };
}

/** Within the text, in order, one of a rule at a place. */
function tidy(findings: readonly Finding[], length: number): Finding[] {
  const seen = new Set<string>();
  return findings
    .map((finding) => ({ ...finding, range: clamp(finding.range, length) }))
    .sort((a, b) => a.range.start - b.range.start || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0))
    .filter(({ rule, range }) => {
      const key = `${rule} ${range.start} ${range.end}`;
      return !seen.has(key) && seen.add(key);
    });
}

function clamp(range: Finding["range"], length: number): Finding["range"] {
  const start = Math.min(Math.max(0, range.start), length);
  return { start, end: Math.min(Math.max(start, range.end), length) };
}
