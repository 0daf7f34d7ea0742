/** The status bar's tooltip as Markdown source. Names and reasons come from files, so everything is escaped. */

import { gridSentence } from "../../carbon/footprint.ts";
import type { WaitingRun } from "../../carbon/schedule/waiting-run.node.ts";
import type { RunSummary } from "../../energy/run.ts";
import { formatQuantity, formatRange } from "../../quantity.ts";
import {
  endingOf,
  figures,
  footprintOf,
  formatElapsed,
  methodWord,
  readsMeter,
  stateWord,
  UnitKeeper,
} from "../runs/run-text.ts";
import { waitingSentence } from "../schedule/waiting-text.ts";
import type { Translate } from "../words.ts";
import { forecastLine, localClock } from "./forecast-line.ts";

/** Makes text harmless inside a Markdown table of a trusted MarkdownString. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*_{}[\]()#+\-.!|<>~$&]/g, (character) =>
      character === "<" ? "&lt;" : character === "&" ? "&amp;" : `\\${character}`,
    )
    .replace(/[^\S\u00a0]+/g, " ");
}

/** Keeps the range off the figure before it: the hover's tables have no padding. An entity, as blanks are trimmed. */
const SPACE = "&nbsp;&nbsp;";

/** A figure and its unit stay on one line of the narrow table. */
const unbroken = (text: string) => text.replaceAll(" ", "\u00a0");

/** Commands that the tooltip links to; the MarkdownString must be trusted for exactly these. */
export const TOOLTIP_COMMANDS = [
  "fairwatt.openDashboard",
  "fairwatt.stopRun",
  "fairwatt.generateReport",
  "fairwatt.checkMeters",
  "fairwatt.chooseZone",
  "fairwatt.revealTerminal",
  "fairwatt.cancelWaiting",
];

/** A line for each run that waits. */
export function waitingTooltip(waiting: readonly WaitingRun[], now: number, t: Translate): string {
  return waiting
    .map((each) =>
      [
        escapeMarkdown(waitingSentence(each, now, t)),
        "",
        `${commandLink(t("Reveal Terminal"), "fairwatt.revealTerminal", each.run)} · ${commandLink(t("Cancel"), "fairwatt.cancelWaiting", each.run)}`,
      ].join("\n"),
    )
    .join("\n\n");
}

export function statusTooltip(runs: readonly RunSummary[], t: Translate, clock = localClock): string {
  return runs.length > 1 ? severalTooltip(runs, t) : runs[0] ? oneTooltip(runs[0], t, clock) : "";
}

function commandLink(label: string, command: string, ...args: unknown[]): string {
  const query = args.length > 0 ? `?${encodeURIComponent(JSON.stringify(args))}` : "";
  return `[${label}](command:${command}${query})`;
}

function oneTooltip(run: RunSummary, t: Translate, clock: (milliseconds: number) => string): string {
  const carbon = footprintOf(run);
  const ending = endingOf(run, t);
  const lines = [
    `**${escapeMarkdown(run.name)}** ${stateWord(run.state, t)}, ${formatElapsed(run.duration, t)}${ending ? ` (${escapeMarkdown(ending)})` : ""}`,
    "",
    `| ${t("component")} | ${t("energy")} | ${t("range")} | ${t("method")} | ${t("instrument")} |`,
    "|---|---:|---|---|---|",
  ];
  for (const { meter, run: energy } of run.meters) {
    const cells = [
      meter.label,
      unbroken(formatQuantity(energy)),
      unbroken(formatRange(energy)),
      methodWord(energy.method, t),
      meter.instrument,
    ];
    lines.push(row(cells.map(escapeMarkdown)));
  }
  const total = [
    t("together"),
    unbroken(formatQuantity(run.energy)),
    unbroken(formatRange(run.energy)),
    methodWord(run.energy.method, t),
    "",
  ];
  lines.push(row(total.map((cell) => (cell ? `**${escapeMarkdown(cell)}**` : ""))), "");
  if (carbon && run.grid) {
    lines.push(
      `CO2e ${escapeMarkdown(`${formatQuantity(carbon)} (${formatRange(carbon)})`)}: ${escapeMarkdown(gridSentence(run.grid, run.pue))}`,
    );
  } else {
    lines.push(
      `${t("CO2e is not known: nobody has said in which grid zone this machine is.")} ${commandLink(t("Choose zone"), "fairwatt.chooseZone")}`,
    );
  }
  lines.push("");
  const forecast = run.meters.length > 0 && forecastLine(run, clock, t);
  if (forecast) lines.push(escapeMarkdown(forecast), "");
  if (run.notCovered.length > 0)
    lines.push(t("Not measured: {0}", escapeMarkdown(run.notCovered.join(", "))), "");
  if (run.gaps.length > 0) {
    const seconds = Math.round(run.gaps.reduce((sum, gap) => sum + gap.to - gap.from, 0));
    lines.push(t("Gaps: {0}, {1} s in all", run.gaps.length, seconds), "");
  }
  if (run.meters.length > 0 && !readsMeter(run)) {
    lines.push(
      `${t("No meter of this machine could be read: the energy is {0}.", methodWord(run.energy.method, t))} ${commandLink(t("Check meters"), "fairwatt.checkMeters")}`,
      "",
    );
  }
  const links = [commandLink(t("Open dashboard"), "fairwatt.openDashboard", run.id)];
  if (run.state === "running") links.push(commandLink(t("Stop"), "fairwatt.stopRun", run.id));
  else links.push(commandLink(t("Generate report"), "fairwatt.generateReport", run.id));
  lines.push(links.join(" · "));
  return lines.join("\n");
}

function row([component, energy, ...others]: string[]): string {
  return `| ${[component, `${energy}${SPACE}`, ...others].join(" | ")} |`;
}

function severalTooltip(runs: readonly RunSummary[], t: Translate): string {
  const units = new UnitKeeper();
  const rows = runs.map((run) => {
    const carbon = footprintOf(run);
    const said = figures(run.energy, carbon, units.unitsOf(run.id, run.energy, carbon), run.power);
    return `| ${commandLink(escapeMarkdown(run.name), "fairwatt.openDashboard", run.id)} | ${escapeMarkdown(said)} | ${formatElapsed(run.duration, t)} | ${commandLink(t("Stop"), "fairwatt.stopRun", run.id)} |`;
  });
  return [`| ${t("run")} | ${t("so far")} | ${t("for")} | |`, "|---|---|---|---|", ...rows].join("\n");
}
