/** A waiting run in words. Pure. */

import type { WaitingRun } from "../../carbon/schedule/waiting-run.node.ts";
import { formatPercent } from "../../quantity.ts";
import type { Translate } from "../words.ts";

/** "14:05" where that is today, else "Mon 14:05". */
export function startClock(at: number, now: number, locale?: string): string {
  const sameDay = new Date(at).toDateString() === new Date(now).toDateString();
  const time = { hour: "2-digit", minute: "2-digit" } as const;
  return new Date(at).toLocaleString(locale, sameDay ? time : { weekday: "short", ...time });
}

/** "saves 23 % (12 to 31 %)" */
export const savingWords = ({ value, low, high }: WaitingRun["saving"], t: Translate): string =>
  t("saves {0} ({1} to {2})", formatPercent(value), formatPercent(low), formatPercent(high));

/** One sentence, for tooltips and screen readers. */
export const waitingSentence = (waiting: WaitingRun, now: number, t: Translate): string =>
  t(
    "{0} waits until {1}, which {2} of the CO2e; done before {3}",
    waiting.name,
    startClock(waiting.start, now),
    savingWords(waiting.saving, t),
    startClock(waiting.deadline, now),
  );
