/** What a run used in each call that trains, where the hooks saw where it was begun. Pure. */

import type { Mark } from "./run.ts";

export interface TrainingSite {
  /** Absolute path. */
  file: string;
  /** From 1. */
  line: number;
  /** All trainings that were begun there, until their last epoch ended. */
  joules: number;
  trainings: number;
}

/** In the order in which they were first reached. */
export function trainingSites(marks: readonly Mark[]): TrainingSite[] {
  const sites = new Map<string, TrainingSite>();
  let begun: (Mark & { file: string; line: number }) | undefined;
  let end: number | undefined;
  const close = () => {
    if (begun?.energy !== undefined && end !== undefined) {
      const { file, line } = begun;
      const key = `${line}:${file}`;
      const site = sites.get(key) ?? { file, line, joules: 0, trainings: 0 };
      site.joules += Math.max(0, end - begun.energy);
      site.trainings++;
      sites.set(key, site);
    }
    begun = undefined;
    end = undefined;
  };
  for (const mark of marks) {
    if (mark.source === undefined) continue;
    if (mark.kind === "epoch") end = mark.energy ?? end;
    if (mark.kind !== "phase") continue;
    // A training without epochs ends with its phase.
    end ??= mark.energy;
    close();
    if (mark.file !== undefined && mark.line !== undefined)
      begun = { ...mark, file: mark.file, line: mark.line };
  }
  close();
  return [...sites.values()];
}
