/** What the page needs to know of epochs. Pure. */

import type { EpochView } from "../protocol.ts";

/** Metrics that any epoch reports, in the order in which they first appear. */
export function metricNames(epochs: readonly Pick<EpochView, "metrics">[]): string[] {
  return [...new Set(epochs.flatMap((epoch) => Object.keys(epoch.metrics)))];
}

/** Time of day where the person is, with the weekday where it is not today's; with the date where it is a week off. */
export function clock(milliseconds: number, now: number, locale?: string): string {
  const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const sameDay = new Date(milliseconds).toDateString() === new Date(now).toDateString();
  const soon = Math.abs(milliseconds - now) < 6 * 86_400_000;
  const day = sameDay
    ? {}
    : soon
      ? ({ weekday: "short" } as const)
      : ({ day: "numeric", month: "short" } as const);
  return new Intl.DateTimeFormat(locale, { ...day, ...time }).format(milliseconds);
}
