/** A run of 40 epochs, 10 s each: 100 W up to epoch 22, 300 W from there on; the validation loss is lowest at epoch 12. */

import type { JournalRecord } from "../../../../src/energy/journal.ts";
import { packageMeter, START, sampleAt, startRecords, WALL } from "../../energy/records.ts";

export const EPOCHS = 40;
const SECONDS = 10;
const joulesAt = (at: number) => Math.min(at, 220) * 100 + Math.max(0, at - 220) * 300;

const valLoss = (epoch: number) => (epoch <= 12 ? 1 - epoch * 0.05 : 0.4 + (epoch - 12) * 0.01);

export interface Journals {
  runner: JournalRecord[];
  sampler: JournalRecord[];
  marks: JournalRecord[];
}

export function measuredRun(
  options: { folder?: string; metrics?: (epoch: number) => Record<string, number> } = {},
): Journals {
  const { folder = "/p", metrics = (epoch) => ({ val_loss: valLoss(epoch) }) } = options;
  const { runner, sampler } = startRecords([packageMeter], { attribution: "machine" });
  const seconds = EPOCHS * SECONDS;
  const at = (second: number) => ({ t: WALL + second, mono: START + second });
  return {
    runner: [
      { ...runner, cwd: folder, folder } as JournalRecord,
      { type: "end", role: "runner", ...at(seconds + 1), exitCode: 0, signal: null },
    ],
    sampler: [
      sampler,
      ...Array.from({ length: seconds + 1 }, (_, second) =>
        sampleAt(second, { [packageMeter.id]: joulesAt(second) * 1e6 }),
      ),
    ],
    marks: Array.from({ length: EPOCHS }, (_, index) => ({
      type: "mark" as const,
      ...at((index + 1) * SECONDS),
      kind: "epoch" as const,
      index: index + 1,
      total: EPOCHS,
      metrics: metrics(index + 1),
    })),
  };
}
