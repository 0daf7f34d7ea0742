/** How the groups do where there are not just two classes: a chart with its table. */

import { h } from "../ui/dom.ts";
import { fill, type PageContext, plainTable, section } from "./parts.ts";
import { pointsChart } from "./points-chart.ts";
import type { OverviewView } from "./protocol.ts";

export function overviewSection(
  { strings }: PageContext,
  { title, sentence, drawn, table, numeric, more }: OverviewView,
): HTMLElement {
  const { label, points, overall, isRate } = drawn;
  const name = fill(strings["overview.chart"], label, title);
  const isSmall = points.some(({ small }) => small !== null);
  return section(
    "overview-title",
    label,
    h("p", { class: "sentence" }, sentence),
    h(
      "div",
      { class: "chart-frame" },
      pointsChart({ points, overall, isRate, label: name }),
      isSmall ? h("p", { class: "hint" }, strings["rates.smallLegend"]) : null,
    ),
    plainTable(label, table, numeric),
    more > 0 ? h("p", { class: "hint" }, fill(strings["groups.more"], more)) : null,
  );
}
