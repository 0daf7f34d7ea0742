/** What a project's measured runs say to the linter: the newest finished run of each Python file, with its epochs. */

import { accountEpochs } from "../energy/epochs.ts";
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

/**
 * Energy of an epoch: what was recorded between its marks, else the run's mean power for as long as it lasted. None of a run
 * that trained several times: their curves are not one.
 */
function epochsOf(run: RunSummary): Measured["epochs"] {
  const { epochs } = accountEpochs(run);
  if ((epochs.at(-1)?.training ?? 1) > 1) return [];
  return epochs.map(({ index, energy, recorded, metrics }) => ({
    index,
    energyJoules: energy.value,
    recorded,
    metrics,
  }));
}
