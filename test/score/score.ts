/** What the linter said of labelled files against what it should have said. */

import { expectedOf, FAMILIES, type Family, RULES_OF, type Setting, WASTE_OF } from "./families.ts";
import type { Label } from "./manifest.ts";
import { emptyTally, type Measures, measuresOf, type Tally, tallyOf } from "./tally.ts";

/** The rules that reported something in a file. */
export interface Answer {
  label: Label;
  found: { rule: string; line: number; message: string }[];
  /** Checks and decisions elsewhere in the project that the linter heard of. */
  heard?: string[];
}

export interface Row extends Measures {
  family: string;
  /** python, notebook, config; "all"; "ambiguous" for the labels that are kept apart. */
  kind: string;
  files: number;
  tally: Tally;
}

export interface Miss {
  id: string;
  path: string;
  family: string;
  wrong: "false positive" | "false negative";
  confidence: string;
  ambiguous: boolean;
  /** The findings, or the kind that was to be found. */
  what: string[];
  rationale: string;
  traps: string[];
}

export interface Score {
  setting: Setting;
  rows: Row[];
  /** Medium and low labels of waste that were found: allowed, not counted. */
  allowedWaste: number;
  rules: { rule: string; right: number; wrong: number }[];
  traps: { trap: string; files: number; wrong: number }[];
  misses: Miss[];
}

/** A label counts when it was given with high or medium confidence; ambiguous ones have a row of their own. */
const isScored = (label: Label, family: Family) => label.confidence[family] !== "low";

export function scoreOf(answers: readonly Answer[], setting: Setting): Score {
  const rows: Row[] = [];
  const misses: Miss[] = [];
  const rules = new Map<string, { right: number; wrong: number }>();
  for (const family of FAMILIES) {
    const scored = answers
      .filter(({ label }) => isScored(label, family))
      .map((each) => judge(each, family, setting));
    const plain = scored.filter(({ label }) => !label.ambiguous);
    rows.push(rowOf(family, "all", plain));
    for (const kind of ["python", "notebook", "config"] as const)
      rows.push(
        rowOf(
          family,
          kind,
          plain.filter(({ label }) => label.kind === kind),
        ),
      );
    rows.push(
      rowOf(
        family,
        "ambiguous",
        scored.filter(({ label }) => label.ambiguous),
      ),
    );
    for (const each of scored.filter(({ expected, found }) => expected !== found))
      misses.push(missOf(each, family));
    for (const { expected, hits } of plain)
      for (const rule of new Set(hits.map((hit) => hit.rule))) count(rules, rule, expected);
  }
  const waste = scoreWaste(answers);
  return {
    setting,
    rows: [...rows, waste.row],
    allowedWaste: waste.allowed,
    rules: [...rules]
      .map(([rule, counts]) => ({ rule, ...counts }))
      .sort((a, b) => (a.rule < b.rule ? -1 : 1)),
    traps: trapsOf(answers, misses),
    misses: [...misses, ...waste.misses],
  };
}

function judge({ label, found, heard = [] }: Answer, family: Family, setting: Setting) {
  const hits = found.filter(({ rule }) => RULES_OF[family].includes(rule));
  return { label, hits, heard, expected: expectedOf(label, family, setting), found: hits.length > 0 };
}

function rowOf(family: string, kind: string, judged: readonly { expected: boolean; found: boolean }[]): Row {
  const tally = tallyOf(judged);
  return { family, kind, files: judged.length, tally, ...measuresOf(tally) };
}

function missOf({ label, hits, heard, found }: ReturnType<typeof judge>, family: Family): Miss {
  return {
    ...{ id: label.id, path: `${label.repo}/${label.path}`, family },
    wrong: found ? "false positive" : "false negative",
    ...{ confidence: label.confidence[family], ambiguous: label.ambiguous },
    what: found ? hits.map(({ rule, line, message }) => `line ${line}: ${rule} ${message}`) : heard,
    ...{ rationale: label.rationale[family] ?? "", traps: label.traps },
  };
}

/** Each kind of waste in each file: the required ones, and what was found that no label names. */
function scoreWaste(answers: readonly Answer[]) {
  const tally = emptyTally();
  const misses: Miss[] = [];
  let allowed = 0;
  for (const { label, found } of answers) {
    const required = new Set(label.expected.wasteful_training);
    const listed = new Set(label.wasteful_training.map(({ finding }) => finding));
    const kinds = new Set(found.flatMap(({ rule }) => WASTE_OF[rule] ?? []));
    const miss = (wrong: Miss["wrong"], kind: string): Miss => ({
      ...{ id: label.id, path: `${label.repo}/${label.path}`, family: "waste", wrong, confidence: "high" },
      ...{ ambiguous: label.ambiguous, what: [kind], traps: label.traps },
      rationale: wrong === "false positive" ? "no label names it: look at it by hand" : "required",
    });
    for (const kind of required) {
      tally[kinds.has(kind) ? "tp" : "fn"] += 1;
      if (!kinds.has(kind)) misses.push(miss("false negative", kind));
    }
    for (const kind of kinds) {
      if (required.has(kind)) continue;
      if (listed.has(kind)) allowed += 1;
      else {
        tally.fp += 1;
        misses.push(miss("false positive", kind));
      }
    }
  }
  const row: Row = { family: "waste", kind: "all", files: answers.length, tally, ...measuresOf(tally) };
  return { row, misses, allowed };
}

function trapsOf(answers: readonly Answer[], misses: readonly Miss[]): Score["traps"] {
  const wrong = new Set(misses.map(({ id }) => id));
  const traps = new Map<string, { files: number; wrong: number }>();
  for (const { label } of answers)
    for (const trap of new Set(label.traps)) {
      const counts = traps.get(trap) ?? { files: 0, wrong: 0 };
      traps.set(trap, { files: counts.files + 1, wrong: counts.wrong + (wrong.has(label.id) ? 1 : 0) });
    }
  return [...traps]
    .map(([trap, counts]) => ({ trap, ...counts }))
    .filter((each) => each.wrong > 0)
    .sort((a, b) => b.wrong - a.wrong || (a.trap < b.trap ? -1 : 1));
}

function count(rules: Map<string, { right: number; wrong: number }>, rule: string, right: boolean): void {
  const counts = rules.get(rule) ?? { right: 0, wrong: 0 };
  counts[right ? "right" : "wrong"] += 1;
  rules.set(rule, counts);
}
