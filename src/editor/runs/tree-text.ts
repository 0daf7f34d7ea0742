/** The words of the runs tree. Pure. */

import type { RunSummary } from "../../energy/run.ts";
import { formatQuantity, formatRange } from "../../quantity.ts";
import type { Translate } from "../words.ts";
import { endingOf, footprintOf, formatElapsed, methodWord, stateWord } from "./run-text.ts";

/** "14:02" where that is today, "yesterday 9:15", "3 Nov", "3 Nov 2025". */
export function formatWhen(at: number, now: number, t: Translate, locale?: string): string {
  const date = new Date(at);
  const today = new Date(now);
  const days = Math.round((startOfDay(today) - startOfDay(date)) / 86_400_000);
  const time = date.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" });
  if (days === 0) return time;
  if (days === 1) return t("yesterday {0}", time);
  const sameYear = date.getFullYear() === today.getFullYear();
  const year = sameYear ? {} : ({ year: "numeric" } as const);
  return date.toLocaleDateString(locale, { day: "numeric", month: "short", ...year });
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** Beside the name: energy, CO2e where known, when. */
export function describeRun(run: RunSummary, now: number, t: Translate): string {
  const carbon = footprintOf(run);
  const parts = [
    formatQuantity(run.energy),
    carbon && formatQuantity(carbon),
    formatWhen(run.startedAt, now, t),
  ];
  return parts.filter((part) => part !== undefined).join(" · ");
}

/** For a screen reader and the tooltip: the same with state, ending, duration, range and method. */
export function spellOutRun(run: RunSummary, now: number, t: Translate): string {
  const carbon = footprintOf(run);
  const ending = endingOf(run, t);
  const state = stateWord(run.state, t) + (ending ? `, ${ending}` : "");
  return [
    `${run.name}: ${state}`,
    t("started {0}, lasted {1}", formatWhen(run.startedAt, now, t), formatElapsed(run.duration, t)),
    t(
      "energy {0} ({1}), {2}",
      formatQuantity(run.energy),
      formatRange(run.energy),
      methodWord(run.energy.method, t),
    ),
    carbon
      ? t("CO2e {0} ({1}), {2}, location-based", formatQuantity(carbon), formatRange(carbon), run.grid!.name)
      : t("no CO2e: the grid zone is not known"),
    run.notCovered.length > 0 ? t("not measured: {0}", run.notCovered.join(", ")) : undefined,
    run.git ? `${run.git.branch ?? ""}@${run.git.commit.slice(0, 7)}${run.git.dirty ? "+" : ""}` : undefined,
  ]
    .filter((line) => line !== undefined)
    .join("\n");
}
