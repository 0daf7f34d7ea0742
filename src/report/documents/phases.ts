/** Which part of the work each run belongs to. Pure. */

import ignore from "ignore";
import { PHASES, type Phase } from "../../config/report-facts.ts";
import type { RecordedRun } from "../evidence.ts";
import type { Facts } from "./document.ts";

export interface PhaseRuns {
  phase: Phase | "not assigned";
  runs: RecordedRun[];
}

/** Said beside every table by phase. */
export const PHASE_RULE =
  "A run's phase is the one that [report.phases] gives its name or script; else the one that its script's or its own name suggests (prepare, train, valid, test or eval, serve or infer); else it is not assigned. Runs that failed, were stopped or were interrupted are counted in their phase.";

const SUGGESTED: readonly [RegExp, Phase][] = [
  [/prep|clean|featur|ingest/i, "data-preparation"],
  [/valid/i, "validation"],
  [/test|eval|score/i, "test"],
  [/serv|infer|predict|bench/i, "inference"],
  [/explor|experiment|sweep|tune/i, "experiment"],
  [/train|fit/i, "training"],
];

/** In the order of the work; phases without runs are left out. */
export function runsByPhase(runs: readonly RecordedRun[], facts: Facts): PhaseRuns[] {
  const rules = Object.entries(facts.report?.phases ?? {}).map(
    ([pattern, phase]) => [pattern, phase, matcherOf(pattern)] as const,
  );
  const byPhase = new Map<PhaseRuns["phase"], RecordedRun[]>();
  for (const run of runs) {
    const script = scriptOf(run);
    const told = rules.find(
      ([pattern, , matches]) => pattern === run.body.name || (script !== undefined && matches(script)),
    );
    const suggested = SUGGESTED.find(([name]) => name.test(lastPart(script) ?? run.body.name))?.[1];
    const phase = told?.[1] ?? suggested ?? "not assigned";
    const list = byPhase.get(phase);
    if (list) list.push(run);
    else byPhase.set(phase, [run]);
  }
  return ([...PHASES, "not assigned"] as const).flatMap((phase) => {
    const list = byPhase.get(phase);
    return list ? [{ phase, runs: list }] : [];
  });
}

function matcherOf(pattern: string): (path: string) => boolean {
  try {
    const rules = ignore().add(pattern);
    return (path) => ignore.isPathValid(path) && rules.ignores(path);
  } catch {
    return () => false;
  }
}

const scriptOf = ({ body }: RecordedRun): string | undefined =>
  body.argv.find((argument) => /\.(?:py|ipynb|sh|R|jl)$/i.test(argument));

const lastPart = (path: string | undefined): string | undefined => path?.split(/[\\/]/).at(-1);
