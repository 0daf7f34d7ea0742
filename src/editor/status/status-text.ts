/** What the status bar says: the table of DESIGN.md as a pure function of the runs and the clock. */

import type { WaitingRun } from "../../carbon/schedule/waiting-run.node.ts";
import type { RunSummary } from "../../energy/run.ts";
import { formatQuantity, sumQuantities } from "../../quantity.ts";
import {
  endingOf,
  energyWithRange,
  figures,
  footprintOf,
  formatElapsed,
  STATE_ICONS,
  stateWord,
  type UnitKeeper,
} from "../runs/run-text.ts";
import { startClock, waitingSentence } from "../schedule/waiting-text.ts";
import type { Translate } from "../words.ts";

/** How long an ended run stays in the status bar. */
export const JUST_ENDED_SECONDS = 600;

export interface StatusText {
  text: string;
  /** The same for a screen reader, in words. */
  accessible: string;
  /** The runs that the text speaks of, newest first. */
  runs: RunSummary[];
  /** True when a run is over its budget: the only case with a background. */
  warning: boolean;
  /** Set where it speaks of runs that wait for their start, soonest first, and of no other. */
  waiting?: readonly WaitingRun[];
}

export interface StatusInput {
  /** Newest first. */
  runs: readonly RunSummary[];
  /** Unix milliseconds. */
  now: number;
  isOverBudget: (run: RunSummary) => boolean;
  /** Soonest first. */
  waiting?: readonly WaitingRun[];
  /** Ended before this moment (Unix ms) is old news: not shown when the window opens. */
  since?: number;
  t: Translate;
}

/** The text to show, or undefined when there is nothing to say and the item is to go. */
export function statusText(input: StatusInput, units: UnitKeeper): StatusText | undefined {
  const live = input.runs.filter((run) => run.state === "running");
  if (live.length > 1) return severalRuns(live, input, units);
  const { waiting } = input;
  if (!live[0] && waiting?.[0]) return waitingText(waiting, waiting[0], input);
  const shown = live[0] ?? input.runs.find((run) => justEnded(run, input));
  return shown ? oneRun(shown, input, units) : undefined;
}

/** Milliseconds until the text changes by the clock alone: until the ended run has been shown long enough. */
export function changesIn(status: StatusText, now: number): number | undefined {
  const ended = status.runs[0]?.endedAt;
  return status.runs[0]?.state === "running" || !ended
    ? undefined
    : Math.max(0, ended + JUST_ENDED_SECONDS * 1000 - now);
}

function justEnded(run: RunSummary, { now, since = 0 }: StatusInput): boolean {
  const ended = run.endedAt;
  if (run.state === "running" || ended === null) return false;
  return ended >= since && now - ended < JUST_ENDED_SECONDS * 1000;
}

function waitingText(waiting: readonly WaitingRun[], next: WaitingRun, { now, t }: StatusInput): StatusText {
  const at = startClock(next.start, now);
  return {
    text: `$(watch) ${waiting.length > 1 ? t("{0} runs wait, the next until {1}", waiting.length, at) : t("{0} waits until {1}", next.name, at)}`,
    accessible: waiting.map((each) => waitingSentence(each, now, t)).join("; "),
    runs: [],
    warning: false,
    waiting,
  };
}

function oneRun(run: RunSummary, { isOverBudget, t }: StatusInput, units: UnitKeeper): StatusText {
  const carbon = footprintOf(run);
  const kept = units.unitsOf(run.id, run.energy, carbon);
  const live = run.state === "running";
  const said = live
    ? figures(run.energy, carbon, kept, run.power)
    : `${figures(run.energy, carbon, kept)} · ${formatElapsed(run.duration, t)}`;
  const ending = endingOf(run, t);
  const sentences = [
    t("Fairwatt: {0} {1}", run.name, stateWord(run.state, t)) + (ending && !live ? `, ${ending}` : ""),
    t("energy {0}", energyWithRange(run.energy, t)),
    carbon
      ? t("carbon dioxide equivalent {0}", formatQuantity(carbon, kept.carbon))
      : t("no carbon figure: the grid zone is not known"),
  ];
  if (live && run.power) sentences.push(t("power now {0}", formatQuantity(run.power)));
  return {
    text: `$(${STATE_ICONS[run.state]}) ${said}`,
    accessible: sentences.join("; "),
    runs: [run],
    warning: live && isOverBudget(run),
  };
}

function severalRuns(live: RunSummary[], { isOverBudget, t }: StatusInput, units: UnitKeeper): StatusText {
  const energy = sumQuantities(
    "J",
    live.map((run) => run.energy),
  );
  const footprints = live.map(footprintOf).filter((footprint) => footprint !== undefined);
  // A sum that leaves runs out would read as the whole: shown only when every run has its zone.
  const carbon = footprints.length === live.length ? sumQuantities("gCO2e", footprints) : undefined;
  const kept = units.unitsOf(
    live
      .map((run) => run.id)
      .sort()
      .join(),
    energy,
    carbon,
  );
  const said = figures(energy, carbon, kept);
  return {
    text: `$(pulse) ${t("{0} runs", live.length)} · ${said}`,
    accessible: t("Fairwatt: {0} runs are live; together {1}", live.length, said),
    runs: live,
    warning: live.some(isOverBudget),
  };
}
