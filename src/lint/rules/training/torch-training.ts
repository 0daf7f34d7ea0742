/** Training loops written by hand: the step, the loops around it through the functions of the file, the epochs. */

import type { Call, PythonFacts } from "../../python/python-facts.ts";
import { type Count, countOf } from "./epochs.ts";

export type Loop = Call["loops"][number];

export interface TorchTraining {
  /** `loss.backward()`, also of a scaled loss. */
  backward: Call;
  /** Loops around it, outermost first, those of the calling functions too. */
  loops: readonly Loop[];
  /** Functions it runs in, its own first. */
  functions: readonly string[];
  /** The loop over epochs: named so, or around a loop over batches. */
  epochLoop?: Loop;
  epochs?: Count;
}

const cache = new WeakMap<PythonFacts, readonly TorchTraining[]>();

/** Every step of a PyTorch training in the file. */
export function torchTrainings(facts: PythonFacts): readonly TorchTraining[] {
  const known = cache.get(facts) ?? find(facts);
  cache.set(facts, known);
  return known;
}

export function importsTorch(facts: PythonFacts): boolean {
  return facts.imports.some(({ module }) => /^torch(?:\.|$)/.test(module));
}

function find(facts: PythonFacts): TorchTraining[] {
  if (!importsTorch(facts)) return [];
  const steps = facts.calls.some(({ method, receiver }) => method === "step" && receiver !== undefined);
  if (!steps) return [];
  return facts.calls
    .filter(({ method, callee }) => method === "backward" && !/autograd/.test(callee))
    .map((backward) => trainingOf(facts, backward));
}

function trainingOf(facts: PythonFacts, backward: Call): TorchTraining {
  const { loops, functions } = surroundings(facts, backward);
  const epochLoop = epochLoopOf(loops);
  const epochs = epochLoop && countOf(facts, epochLoop.over);
  return { backward, loops, functions, ...(epochLoop && { epochLoop }), ...(epochs && { epochs }) };
}

/** Loops and functions around a call, following the file's own calls outwards; the first caller with a loop wins. */
export function surroundings(facts: PythonFacts, call: Call): { loops: Loop[]; functions: string[] } {
  const loops = [...call.loops];
  const functions: string[] = [];
  let name = call.inFunction;
  while (name !== undefined && !functions.includes(name)) {
    functions.push(name);
    const callers = callersOf(facts, name);
    const caller = callers.find((each) => each.loops.length > 0) ?? callers[0];
    if (caller === undefined) break;
    loops.unshift(...caller.loops);
    name = caller.inFunction;
  }
  return { loops, functions };
}

export function callersOf(facts: PythonFacts, name: string): Call[] {
  let known = byCallee.get(facts);
  if (known === undefined) {
    known = new Map<string, Call[]>();
    for (const call of facts.calls) {
      const calls = known.get(call.callee);
      if (calls === undefined) known.set(call.callee, [call]);
      else calls.push(call);
    }
    byCallee.set(facts, known);
  }
  return (known.get(name) ?? []).filter(({ inFunction }) => inFunction !== name);
}

/** A program's calls by whom they call: asked for every training in it. */
const byCallee = new WeakMap<PythonFacts, Map<string, Call[]>>();

function epochLoopOf(loops: readonly Loop[]): Loop | undefined {
  const named = loops.find(({ target, over }) => /epoch|^ep$|^ep,/i.test(target) || /epoch/i.test(over.text));
  if (named !== undefined) return named;
  const inner = loops.at(-1);
  const outer = loops.at(-2);
  return inner !== undefined && outer !== undefined && /load|batch|iter|data/i.test(inner.over.text)
    ? outer
    : undefined;
}
