/** Looks for processes that could be the kernel of a notebook. Linux. */

import * as fs from "node:fs";
import * as z from "zod/mini";
import { connectionFile, type KernelCandidate } from "./kernel-process.ts";
import { isPython, type ProcessFacts, processesOf, processVariable } from "./process-facts.node.ts";

const connection = z.object({ jupyter_session: z.optional(z.string()) });

/** The user's Python processes. `editor`: the process below which this window's kernels are. */
export function kernelCandidates(uid: number, editor: number, proc = "/proc"): KernelCandidate[] {
  const processes = processesOf(uid, proc);
  const parents = new Map(processes.map(({ pid, ppid }) => [pid, ppid]));
  return processes.filter(isPython).map((facts) => {
    const session = sessionOf(facts, proc);
    return {
      pid: facts.pid,
      pidStart: facts.pidStart,
      argv: facts.argv,
      ...(facts.cwd !== undefined && { cwd: facts.cwd }),
      ...(session !== undefined && { session }),
      ours: descends(facts.pid, editor, parents),
    };
  });
}

/** Jupyter's servers write the notebook into the environment, newer ones into the connection file as well. */
function sessionOf({ pid, argv }: ProcessFacts, proc: string): string | undefined {
  const told = processVariable(pid, "JPY_SESSION_NAME", proc);
  const file = told ? undefined : connectionFile(argv);
  if (file === undefined) return told || undefined;
  try {
    return connection.parse(JSON.parse(fs.readFileSync(file, "utf8"))).jupyter_session;
  } catch {
    return undefined;
  }
}

function descends(pid: number, from: number, parents: ReadonlyMap<number, number>): boolean {
  for (let at = parents.get(pid), steps = 0; at !== undefined && steps < 64; at = parents.get(at), steps++) {
    if (at === from) return true;
  }
  return false;
}
