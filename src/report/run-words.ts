/** Words for a run that the terminal and the documents share. Pure; English. */

import { locationBasedFootprint } from "../carbon/footprint.ts";
import { accountEpochs } from "../energy/epochs.ts";
import type { RunSummary } from "../energy/run.ts";
import { formatQuantity, formatRange, type Quantity, scaleQuantity } from "../quantity.ts";
import { commitWords as wordsOfCommit } from "./commit-words.ts";

/** The run's energy; null where no meter was read twice: zero is a measured zero only. */
export function energyOf(run: RunSummary): Quantity<"J"> | null {
  return run.meters.some(({ seconds }) => seconds > 0) ? run.energy : null;
}

/** Location-based; null while nobody has said in which grid zone the machine is, or where nothing was metered. */
export function footprintOf(run: RunSummary): Quantity<"gCO2e"> | null {
  const energy = energyOf(run);
  return run.grid && energy ? locationBasedFootprint(energy, run.grid, run.pue) : null;
}

/** Energy over the time that was metered: a gap does not lower it. Null where nothing was metered. */
export function meanPowerOf(run: RunSummary): Quantity<"W"> | null {
  const seconds = run.duration * run.coverage;
  const energy = energyOf(run);
  return seconds > 0 && energy
    ? scaleQuantity(energy, 1 / seconds, "W", "energy over the time that was metered")
    : null;
}

/** Epochs that the command reported, or that were seen in it, of all its trainings. */
export function epochsOf(run: RunSummary): number {
  return accountEpochs(run).epochs.reduce((sum, { count }) => sum + count, 0);
}

/** "finished", "failed with exit code 3", "stopped by the user (SIGINT)", "interrupted: ...". */
export function outcomeWords(run: RunSummary): string {
  const why = run.stateReason ? `: ${run.stateReason}` : "";
  switch (run.state) {
    case "failed":
      return run.signal
        ? `failed, ended by ${run.signal}${why}`
        : `failed with exit code ${run.exitCode}${why}`;
    case "stopped":
      return `stopped by the user${run.signal ? ` (${run.signal})` : ""}${why}`;
    default:
      return `${run.state}${why}`;
  }
}

/** The commit of the run: see ./commit-words.ts. */
export const commitWords = (run: RunSummary): string | null => wordsOfCommit(run.git);

/** The command as one types it in a POSIX shell. */
export function commandWords(argv: readonly string[]): string {
  return argv
    .map((part) => (/^[\w@%+=:,./-]+$/.test(part) ? part : `'${part.replaceAll("'", "'\\''")}'`))
    .join(" ");
}

/** "≈0.90 Wh (0.50 to 1.6 Wh), modelled: CPU model". */
export function quantityWords(quantity: Quantity): string {
  const by = quantity.instrument ? `: ${quantity.instrument}` : "";
  return `${formatQuantity(quantity)} (${formatRange(quantity)}), ${quantity.method}${by}`;
}

/** "8-core CPU model, 16 CPUs, 31 GiB memory, Linux 6.1, docker"; null where no sampler said. */
export function hardwareWords(run: RunSummary): string | null {
  const hardware = run.hardware;
  if (!hardware) return null;
  const memory = `${Math.round(hardware.memoryBytes / 2 ** 30)} GiB memory`;
  const cpus = `${hardware.logicalCpus} logical ${hardware.logicalCpus === 1 ? "CPU" : "CPUs"}`;
  return [hardware.cpu, cpus, memory, hardware.os, hardware.container, hardware.virtualization]
    .filter(Boolean)
    .join(", ");
}

/** Why a run has no energy at all, as far as it tells. */
export function unmeteredWords(run: RunSummary): string {
  return run.duration < 2 * run.interval
    ? "not metered: it ended before the second reading"
    : "no meter was read; `fairwatt doctor` says why";
}

/** 0.834 -> "83 %"; a run that was metered throughout but for the last reading is not "100 %". */
export function coverageWords(coverage: number): string {
  if (coverage >= 1) return "100 %";
  return `${coverage > 0.99 ? (Math.floor(coverage * 1000) / 10).toFixed(1) : Math.round(coverage * 100)} %`;
}
