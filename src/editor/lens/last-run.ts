/** What the last measured run of a file used, as lenses over its training calls. Pure. */

import * as path from "node:path";
import { trainingSites } from "../../energy/epoch-sites.ts";
import type { RunSummary } from "../../energy/run.ts";
import { formatPercent, formatQuantity, formatRange, scaleQuantity } from "../../quantity.ts";
import { compareRuns, formatChange } from "../../report/compare-runs.ts";
import { energyOf, footprintOf } from "../../report/run-words.ts";
import { formatElapsed, stateWord } from "../runs/run-text.ts";
import type { Translate } from "../words.ts";
import type { TrainingLine } from "./training-lines.ts";

export interface RunLens {
  /** From 0. */
  line: number;
  title: string;
  tooltip: string;
  /** Opened by a click. */
  run: string;
}

/** True when the command of the run names the file. */
export function runsFile({ argv, cwd }: Pick<RunSummary, "argv" | "cwd">, file: string): boolean {
  return argv.some((argument) => /\.(?:py|ipynb)$/i.test(argument) && path.resolve(cwd, argument) === file);
}

/**
 * The whole run over the call that trained most, each other call with its part. Where the hooks saw no call, the whole run
 * stands over the only training line, else over the main guard, else over the first line.
 *
 * @param runs newest first
 */
export function lastRunLenses(
  file: string,
  lines: readonly TrainingLine[],
  runs: readonly RunSummary[],
  t: Translate,
): RunLens[] {
  const [last, before] = runs.filter(
    (run) => run.state !== "running" && runsFile(run, file) && energyOf(run),
  );
  if (!last || lines.length === 0) return [];
  const sites = trainingSites(last.marks)
    .filter((site) => path.resolve(site.file) === file && lines.some(({ line }) => line === site.line - 1))
    .sort((a, b) => b.joules - a.joules);
  const tooltip = tooltipOf(last, before, t);
  const parts = sites.map(({ line, joules }) => {
    const part = scaleQuantity(last.energy, joules / last.energy.value, "J", "");
    return { line: line - 1, share: formatPercent(joules / last.energy.value), text: formatQuantity(part) };
  });
  const [most, ...others] = parts;
  const whole = wholeOf(last, before, t);
  const run = last.id;
  return [
    most
      ? { line: most.line, title: t("{0} · {1} of it in this line", whole, most.share), tooltip, run }
      : { line: anchorOf(lines), title: whole, tooltip, run },
    ...others.map(({ line, share, text }) => ({
      line,
      title: t("{0}, {1} of the last run", text, share),
      tooltip,
      run,
    })),
  ];
}

function anchorOf(lines: readonly TrainingLine[]): number {
  const training = lines.filter(({ kind }) => kind !== "main");
  const main = lines.find(({ kind }) => kind === "main");
  return (training.length === 1 ? training[0]! : (main ?? lines[0]!)).line;
}

/** "Last run 13.2 Wh · 5.6 g CO2e · 41 min · -18 %" */
function wholeOf(last: RunSummary, before: RunSummary | undefined, t: Translate): string {
  const footprint = footprintOf(last);
  const relative = before && compareRuns(before, last).energy.relative;
  const parts = [
    t("Last run {0}", formatQuantity(last.energy)),
    ...(footprint ? [`${formatQuantity(footprint)} CO2e`] : []),
    formatElapsed(last.duration, t),
    ...(relative === undefined || relative === null ? [] : [formatChange(relative)]),
    ...(last.state === "finished" ? [] : [stateWord(last.state, t)]),
  ];
  return parts.join(" · ");
}

function tooltipOf(last: RunSummary, before: RunSummary | undefined, t: Translate): string {
  const lines = [`${formatQuantity(last.energy)} (${formatRange(last.energy)}): ${last.energy.instrument}`];
  const footprint = footprintOf(last);
  if (footprint) lines.push(`CO2e ${formatRange(footprint)}: ${footprint.basis}`);
  if (before) {
    const { sentence, cautions } = compareRuns(before, last, { beforeAs: t("the run before") });
    lines.push(sentence, ...cautions);
  }
  return [...lines, t("Opens the run in the dashboard")].join("\n");
}
