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
      energy: run.energy,
      durationSeconds: run.duration,
      epochs: epochsOf(run),
    };
  }
  return { measured, hasRuns: runs.length > 0 };
}

/** Energy of an epoch: what was recorded between its marks, else the run's mean power for as long as it lasted. */
function epochsOf(run: RunSummary): Measured["epochs"] {
  const meanPower = run.duration > 0 ? run.energy.value / run.duration : undefined;
  let from: { at: number; energy?: number } = { at: 0, energy: 0 };
  const epochs: Measured["epochs"] = [];
  for (const mark of run.marks) {
    if (mark.kind === "phase") from = mark;
    if (mark.kind !== "epoch") continue;
    const recorded = mark.energy !== undefined && from.energy !== undefined;
    const energyJoules = recorded
      ? mark.energy! - from.energy!
      : meanPower && (mark.at - from.at) * meanPower;
    epochs.push({
      index: mark.index ?? epochs.length + 1,
      ...(energyJoules !== undefined && { energyJoules: Math.max(0, energyJoules), recorded }),
      metrics: mark.metrics ?? {},
    });
    from = mark;
  }
  return epochs;
}
