/** What the ledger keeps of a run. Pure. */

import { locationBasedFootprint } from "../carbon/footprint.ts";
import type { RunSummary } from "../energy/run.ts";
import type { Artefact, RunBody } from "./entry.ts";
import { MASK, maskSecrets } from "./mask-secrets.ts";

/** What a closed run has beside its summary. */
export interface RunEvidence {
  /** Relative to the project's folder, with "/". */
  cwd: string;
  artefacts: Artefact[];
  /** File name -> SHA-256. */
  journals: Record<string, string>;
  author?: string;
  notices: string[];
  /** Version of Fairwatt that writes the entry. */
  fairwatt: string;
}

/** Throws a RangeError for a run that is still going on. */
export function runBodyFrom(summary: RunSummary, evidence: RunEvidence): RunBody {
  if (summary.state === "running") throw new RangeError(`run ${summary.id} is still going on`);
  const time = (ms: number) => new Date(ms).toISOString();
  // Where nothing was metered the energy is not zero but unknown, and so is the footprint.
  const footprint =
    summary.grid && summary.meters.length > 0
      ? locationBasedFootprint(summary.energy, summary.grid, summary.pue)
      : undefined;
  const { argv, masked } = maskSecrets(summary.argv);
  const notices = [...summary.notices, ...evidence.notices];
  if (summary.stateReason) notices.unshift(summary.stateReason);
  if (masked > 0)
    notices.push(`${masked} of the command's arguments looked like a secret and is shown as ${MASK}`);
  return {
    run: summary.id,
    name: summary.name,
    argv,
    cwd: evidence.cwd,
    host: summary.host,
    state: summary.state,
    exitCode: summary.exitCode,
    signal: summary.signal,
    startedAt: time(summary.startedAt),
    endedAt: summary.endedAt === null ? null : time(summary.endedAt),
    durationSeconds: summary.duration,
    ...(summary.attached && { attached: summary.attached }),
    git: summary.git,
    hardware: summary.hardware,
    energy: summary.energy,
    machineEnergy: summary.machineEnergy,
    meters: summary.meters.map(({ meter, run, share }) => ({
      id: meter.id,
      label: meter.label,
      energy: run,
      share,
    })),
    notCovered: summary.notCovered,
    coverage: summary.coverage,
    pue: summary.pue,
    grid: summary.grid,
    footprint,
    artefacts: evidence.artefacts,
    ...(notices.length > 0 ? { notices } : {}),
    journals: evidence.journals,
    author: evidence.author,
    fairwatt: evidence.fairwatt,
  };
}
