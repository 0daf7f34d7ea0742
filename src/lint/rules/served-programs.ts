/** Precision that is decided in another file: a build file names the program, the program loads the model. */

import { PROGRAM } from "../config/systems/programs.ts";
import type { Facts } from "../facts.ts";
import type { Finding, TextRange } from "../finding.ts";
import type { ProjectEvidence } from "../project/evidence.ts";
import { findingOf, type Rule } from "../rule.ts";
import { atLeast } from "./python-precision.ts";

/** What a rule says of the programs that a build file starts; nothing where the project is not known. */
export function ofServedPrograms(
  facts: Facts,
  evidence: ProjectEvidence | undefined,
  rule: Pick<Rule, "code" | "severity">,
): Finding[] {
  if (facts.kind !== "config" || evidence === undefined) return [];
  const folder = facts.file.slice(0, facts.file.lastIndexOf("/") + 1);
  return facts.serving.flatMap(({ settings }) => {
    const program = settings.get(PROGRAM);
    if (program === undefined) return [];
    const path = program.value.replace(/^\.\//, "");
    const said = evidence.servedPrograms.find(
      (each) => each.rule === rule.code && (each.file === folder + path || each.file === path),
    );
    if (said === undefined || isNewDefault(said.what, evidence)) return [];
    const whole: TextRange = { start: 0, end: 0 };
    return [
      findingOf(rule, {
        severity: "information",
        range: program.range,
        message: `The program that this file starts, ${path}: ${said.what.charAt(0).toLowerCase()}${said.what.slice(1)}`,
        why: [`Fairwatt's ${rule.code} says it of ${said.file}, which the platform runs.`],
        silencedBy: [`Whatever silences ${rule.code} in ${said.file}.`],
        related: [{ message: "the program", range: whole, file: said.file }],
      }),
    ];
  });
}

/** transformers 5 loads a checkpoint in its own precision; what was said of a program did not know the version. */
function isNewDefault(what: string, evidence: ProjectEvidence): boolean {
  return /float32 in transformers/.test(what) && atLeast(evidence.versions.transformers, 5) === true;
}
