/** What the file's own last measured run says to a finding: never a saving without the run and the condition it is from. */

import { formatDuration, formatQuantity, scaleQuantity } from "../../../quantity.ts";
import type { ProjectEvidence } from "../../project/evidence.ts";

type Measured = NonNullable<ProjectEvidence["measured"]>;

/** Epochs without improvement after which early stopping is taken to end a training: what the fixes write too. */
export const PATIENCE = 10;

/** The newest run's energy as a sentence; undefined where none was measured. */
export function usedInLastRun(evidence: ProjectEvidence | undefined): string | undefined {
  const run = evidence?.measured;
  if (run?.energy === undefined) return undefined;
  return `The last measured run of this file used ${formatQuantity(run.energy)} in ${formatDuration(run.durationSeconds)}.`;
}

/**
 * What early stopping would have left out of the newest run, from the curve it recorded itself; undefined where it
 * recorded none, or would not have stopped.
 */
export function savedByStopping(evidence: ProjectEvidence | undefined): string | undefined {
  const run = evidence?.measured;
  if (run?.energy === undefined || run.energy.value <= 0) return undefined;
  const watched = watchedMetric(run);
  if (watched === undefined) return undefined;
  const curve = run.epochs.map(({ index, metrics }) => ({ index, value: metrics[watched.name] }));
  const stop = stopOf(curve, watched.better);
  if (stop === undefined) return undefined;
  const after = run.epochs.slice(stop.at + 1);
  const joules = after.map(({ energyJoules }) => energyJoules);
  if (after.length === 0 || joules.some((each) => each === undefined)) return undefined;
  const saved = joules.reduce<number>((sum, each) => sum + (each ?? 0), 0);
  if (saved <= 0) return undefined;
  const shares = after.every(({ recorded }) => recorded)
    ? "the energy recorded between its epoch marks"
    : "its mean power in those epochs";
  const less = scaleQuantity(run.energy, saved / run.energy.value, "J", `the last measured run, ${shares}`);
  const [best, last] = [run.epochs[stop.best]!.index, run.epochs[stop.at]!.index];
  return `In the last measured run, ${watched.name} was best at epoch ${best}; early stopping at epoch ${last} (${PATIENCE} epochs without improvement) would have used ${formatQuantity(less)} less than its ${formatQuantity(run.energy)}, by ${shares}.`;
}

/** val_loss, eval/loss; of boosting: validation_0-logloss, valid_1-binary_logloss, eval-rmse. */
const VALIDATION_LOSS =
  /^(?:val|valid|validation|dev|eval|test)(?:_?\d+)?[\s_./-]*(?:(?:(?:binary_|multi_|m)?log)?loss|m?error|rmse|mae|l1|l2)$/i;
const VALIDATION_SCORE =
  /^(?:val|valid|validation|dev|eval|test)(?:_?\d+)?[\s_./-]*(?:acc|accuracy|f1|auc|top1|acc1|categorical_accuracy|sparse_categorical_accuracy|binary_accuracy)$/i;

/** The metric that early stopping would look at: the validation loss, else a validation score, else the loss. */
function watchedMetric({
  epochs,
}: Measured): { name: string; better: (a: number, b: number) => boolean } | undefined {
  const names = [...new Set(epochs.flatMap(({ metrics }) => Object.keys(metrics)))];
  const lower = (a: number, b: number) => a < b;
  const higher = (a: number, b: number) => a > b;
  // Of several sets the last is the one that boosting stops by.
  const loss = names.findLast((name) => VALIDATION_LOSS.test(name));
  if (loss !== undefined) return { name: loss, better: lower };
  const score = names.findLast((name) => VALIDATION_SCORE.test(name));
  if (score !== undefined) return { name: score, better: higher };
  return names.includes("loss") ? { name: "loss", better: lower } : undefined;
}

/** Positions of the best epoch and of the one after which it would have stopped; undefined when it would not. */
function stopOf(
  curve: readonly { index: number; value: number | undefined }[],
  better: (a: number, b: number) => boolean,
): { best: number; at: number } | undefined {
  let best = -1;
  for (let at = 0; at < curve.length; at++) {
    const { index, value } = curve[at]!;
    const isBest = best < 0 || better(value ?? Number.NaN, curve[best]!.value!);
    if (value !== undefined && Number.isFinite(value) && isBest) best = at;
    // By the epochs' numbers: fast ones are told together.
    else if (best >= 0 && index - curve[best]!.index >= PATIENCE) return { best, at };
  }
  return undefined;
}
