/** Energy of each epoch of a run, from its marks. Pure. */

import type { Quantity } from "../quantity.ts";
import type { Mark, RunSummary } from "./run.ts";

export interface EpochEnergy {
  /** As the command counts: from 1, or from 0. */
  index: number;
  /** Epochs that it stands for: more than 1 where fast ones were told together. */
  count: number;
  /** Which training of the run it belongs to, from 1. */
  training: number;
  /** Seconds since the start of the run. */
  from: number;
  to: number;
  energy: Quantity<"J">;
  /** The run's energy since its start at the epoch's end, J. */
  until: number;
  /** False where no energy was recorded at the marks: the run's mean power then stands for it. */
  recorded: boolean;
  /** A stretch in which nothing was read lies in it. */
  hasGap: boolean;
  metrics: Record<string, number>;
  /** Rows trained on, of all its epochs together. */
  samples?: number;
}

export interface EpochAccount {
  epochs: EpochEnergy[];
  /** The run's energy before, between and after the epochs: with them it is the run's. */
  outside: Quantity<"J">;
  /** Epochs of the last training that are done, those before this run included where it was resumed. */
  done: number;
  /** Epochs of the last training, where the command says how many there will be. */
  total: number | null;
}

/** What of a run tells its epochs. */
export type EpochRun = Pick<RunSummary, "marks" | "energy" | "gaps" | "duration">;

/** Name of the phase that a training hook writes when its training has ended. */
export const AFTER_TRAINING = "after training";

/**
 * A mark of an epoch stands at its end; it began at the mark before, of an epoch or a phase, or at the run's start. Where the
 * command marks its own epochs, those count and what the hooks saw inside them does not. A smaller index begins another
 * training. An epoch has the relative range of the whole run.
 */
export function accountEpochs(run: EpochRun): EpochAccount {
  const epochs: EpochEnergy[] = [];
  const meanPower = run.duration > 0 ? run.energy.value / run.duration : 0;
  let began: Pick<Mark, "at" | "energy"> = { at: 0, energy: 0 };
  let training = 0;
  let last: number | undefined;
  let first = 1;
  let total: number | null = null;
  for (const mark of countedMarks(run.marks)) {
    if (mark.kind === "phase") {
      began = mark;
      if (mark.source !== undefined && mark.name !== AFTER_TRAINING) last = undefined;
    } else if (mark.kind === "metric") addMetrics(epochs, mark);
    if (mark.kind !== "epoch") continue;
    const index = mark.index ?? (last === undefined ? 1 : last + 1);
    if (index === last) continue; // Told by every rank.
    const isFirst = last === undefined || index <= last;
    if (isFirst) {
      training++;
      first = index;
    }
    const count = isFirst ? 1 : Math.max(1, Math.round(index - last!));
    const from = began;
    began = mark;
    last = index;
    total = mark.total ?? null;
    const recorded = mark.energy !== undefined && from.energy !== undefined;
    // Not read yet: the samples that hold it are still to come.
    const isBehind = mark.at > run.duration || run.marks.some((each) => each.energy !== undefined);
    if (!recorded && isBehind) continue;
    const joules = recorded ? mark.energy! - from.energy! : (mark.at - from.at) * meanPower;
    epochs.push({
      index,
      count,
      training,
      from: from.at,
      to: mark.at,
      energy: partOf(run.energy, Math.max(0, joules), recorded ? BASIS : MEAN_BASIS),
      until: recorded ? mark.energy! : mark.at * meanPower,
      recorded,
      hasGap: run.gaps.some((gap) => gap.meter === undefined && gap.from < mark.at && gap.to > from.at),
      metrics: mark.metrics ?? {},
      ...(mark.samples !== undefined && { samples: mark.samples * count }),
    });
  }
  const inside = epochs.reduce((sum, { energy }) => sum + energy.value, 0);
  return {
    epochs,
    outside: partOf(run.energy, run.energy.value - inside, "the run's energy outside its epochs"),
    done: last === undefined ? 0 : first === 0 ? last + 1 : last,
    total,
  };
}

const BASIS = "energy between the marks of the command, evenly spread between readings";
const MEAN_BASIS = "mean power of the run between the marks of the command";

/** The marks that tell epochs: the command's own where it has any of epochs, else all. */
function countedMarks(marks: readonly Mark[]): readonly Mark[] {
  const own = marks.some(({ kind, source }) => kind === "epoch" && source === undefined);
  return own ? marks.filter(({ source }) => source === undefined) : marks;
}

/** Metrics that were known only after the epoch's end. */
function addMetrics(epochs: EpochEnergy[], { index, metrics }: Mark): void {
  const epoch = index === undefined ? undefined : epochs.findLast((each) => each.index === index);
  if (epoch && metrics) epoch.metrics = { ...epoch.metrics, ...metrics };
}

function partOf(whole: Quantity<"J">, value: number, basis: string): Quantity<"J"> {
  const ratio = (bound: number) => (whole.value > 0 ? bound / whole.value : 1);
  return { ...whole, value, low: value * ratio(whole.low), high: value * ratio(whole.high), basis };
}

/** "7"; "5 to 8" where they were told together; "2.7" in the second training of a run that has several. */
export function epochLabel(
  { index, count, training }: Pick<EpochEnergy, "index" | "count" | "training">,
  all: readonly Pick<EpochEnergy, "training">[],
): string {
  const number = count > 1 ? `${index - count + 1} to ${index}` : String(index);
  return (all.at(-1)?.training ?? 1) > 1 ? `${training}.${number}` : number;
}

/** Metrics that any epoch reports, in the order in which they first appear. */
export function metricNames(epochs: readonly Pick<EpochEnergy, "metrics">[]): string[] {
  return [...new Set(epochs.flatMap(({ metrics }) => Object.keys(metrics)))];
}
