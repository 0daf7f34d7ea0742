/** What a project's measured runs say to the linter: the newest finished run of each Python file, with its epochs. */

import type { RunSummary } from "../energy/run.ts";
import type { RecordedEvidence } from "../lint/project/recorded-evidence.ts";

type Measured = RecordedEvidence["measured"][string];

/**
 * @param runs newest first
 * @param pathOf the path of a file that a command names, relative to the project's folder, with forward slashes;
 *   undefined outside it
 */
export function measuredEvidence(
  runs: readonly RunSummary[],
  pathOf: (file: string, cwd: string) => string | undefined,
): Omit<RecordedEvidence, "audits"> {
  const measured: Record<string, Measured> = {};
  for (const run of runs) {
    if (run.state === "running") continue;
    const script = run.argv.find((argument) => /\.(?:py|ipynb)$/i.test(argument));
    const path = script === undefined ? undefined : pathOf(script, run.cwd);
    if (path === undefined || measured[path]) continue;
    measured[path] = {
      run: run.id,
      energyJoules: run.energy.value,
      durationSeconds: run.duration,
      epochs: epochsOf(run),
    };
  }
  return { measured, hasRuns: runs.length > 0 };
}

/** Energy of an epoch from the run's mean power where it lasted: the series is not read for a hover. */
function epochsOf(run: RunSummary): Measured["epochs"] {
  const meanPower = run.duration > 0 ? run.energy.value / run.duration : undefined;
  let from = 0;
  const epochs: Measured["epochs"] = [];
  for (const mark of run.marks) {
    if (mark.kind === "phase") from = mark.at;
    if (mark.kind !== "epoch") continue;
    epochs.push({
      index: mark.index ?? epochs.length + 1,
      ...(meanPower !== undefined && { energyJoules: Math.max(0, mark.at - from) * meanPower }),
      metrics: mark.metrics ?? {},
    });
    from = mark.at;
  }
  return epochs;
}
