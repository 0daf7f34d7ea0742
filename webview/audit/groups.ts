/** Rates of one grouping: a chart of the chosen rate with its table, and the counts of every group. */

import { h } from "../ui/dom.ts";
import { fill, type PageContext, section, tableBlock, valueCell } from "./parts.ts";
import { pointsChart } from "./points-chart.ts";
import type { AuditView, ChartPoint, GroupingView, GroupView } from "./protocol.ts";

/** Rates that the counts' table shows; the chart has all. */
const SHOWN = ["base_rate", "selection_rate", "true_positive_rate", "false_positive_rate", "precision"];

export function ratesSection(
  context: PageContext,
  { rates }: AuditView,
  grouping: GroupingView,
  chosen: string,
  chooser: HTMLElement,
): HTMLElement {
  const { strings } = context;
  const about = rates.find(({ name }) => name === chosen) ?? rates[0]!;
  const chart = pointsChart({
    points: grouping.groups.flatMap((group) => pointOf(group, about.name)),
    overall: grouping.overall.rates.find(({ name }) => name === about.name)?.value ?? null,
    isRate: true,
    label: fill(strings["rates.chart"], about.label, grouping.title),
  });
  const legend = [
    ...(grouping.groups.some(({ rates: own }) =>
      own.some(({ name, small }) => name === about.name && small !== null),
    )
      ? [strings["rates.smallLegend"]]
      : []),
    ...(grouping.groups.some(({ isMissing }) => isMissing) ? [strings["rates.missingNote"]] : []),
  ];
  return section(
    "rates-title",
    strings["rates.title"],
    h(
      "div",
      { class: "bar" },
      chooser,
      h("span", { class: "hint" }, fill(strings["rates.among"], about.label, about.among)),
    ),
    h(
      "div",
      { class: "beside" },
      h(
        "div",
        { class: "chart-frame" },
        chart,
        ...(legend.length > 0 ? [h("p", { class: "hint" }, legend.join("; "))] : []),
      ),
      rateTable(context, [...grouping.groups, grouping.overall], about.name, about.label),
    ),
  );
}

function pointOf({ name, isReference, rates }: GroupView, rate: string): ChartPoint[] {
  const found = rates.find((each) => each.name === rate);
  if (!found) return [];
  const { value, low, high, small, shown } = found;
  return [{ name, isReference, value, low, high, small, text: shown.text }];
}

function rateTable(
  context: PageContext,
  groups: readonly GroupView[],
  rate: string,
  label: string,
): HTMLElement {
  const { strings } = context;
  const head = [
    strings["rates.group"],
    strings["rates.value"],
    strings["rates.range"],
    strings["rates.counted"],
    strings["rates.note"],
  ];
  const rows = groups.flatMap((group) => {
    const found = group.rates.find(({ name }) => name === rate);
    if (!found) return [];
    const note = [
      ...(group.isReference ? [strings["rates.reference"]] : []),
      ...(found.small === null ? [] : [found.small]),
    ].join("; ");
    return [{ cells: [group.name, found.shown.text, found.shown.range, found.counted, note], found }];
  });
  const table = h(
    "table",
    { class: "rates" },
    h("caption", { class: "visually-hidden" }, label),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        ...head.map((text, at) =>
          h("th", { scope: "col", class: at === 1 || at === 2 ? "number" : null }, text),
        ),
      ),
    ),
    h(
      "tbody",
      {},
      ...rows.map(({ cells: [name, value, range, counted, note], found }) =>
        h(
          "tr",
          { class: found.small === null ? null : "small" },
          h("th", { scope: "row" }, name),
          h("td", { class: "number" }, value),
          h("td", { class: "number", title: found.shown.whence || null }, range),
          h("td", {}, counted),
          h("td", {}, note),
        ),
      ),
    ),
  );
  return tableBlock(label, table);
}

export function countsSection(
  context: PageContext,
  { rates }: AuditView,
  grouping: GroupingView,
): HTMLElement {
  const { strings } = context;
  const shown = rates.filter(({ name }) => SHOWN.includes(name));
  const outcomes = [
    strings["groups.truePositive"],
    strings["groups.falsePositive"],
    strings["groups.falseNegative"],
    strings["groups.trueNegative"],
  ];
  const head = [
    strings["rates.group"],
    strings["groups.rows"],
    ...outcomes,
    ...shown.map(({ label }) => label),
  ];
  const all = [...grouping.groups, grouping.overall];
  const table = h(
    "table",
    { class: "counts" },
    h("caption", { class: "visually-hidden" }, strings["groups.title"]),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        ...head.map((text, at) => h("th", { scope: "col", class: at > 0 ? "number" : null }, text)),
      ),
    ),
    h("tbody", {}, ...all.map((group) => countsRow(context, group, shown, group === grouping.overall))),
  );
  return section(
    "counts-title",
    strings["groups.title"],
    h("p", { class: "hint" }, `${strings["groups.outcomes"]}: ${outcomes.join(", ")}`),
    tableBlock(strings["groups.title"], table),
    grouping.more > 0 ? h("p", { class: "hint" }, fill(strings["groups.more"], grouping.more)) : null,
  );
}

function countsRow(
  { strings }: PageContext,
  group: GroupView,
  shown: AuditView["rates"],
  isTotal: boolean,
): HTMLElement {
  const marks = [
    ...(group.isReference ? [strings["rates.reference"]] : []),
    ...(group.isMissing ? [strings["rates.missing"]] : []),
  ];
  return h(
    "tr",
    { class: isTotal ? "total" : null },
    h(
      "th",
      { scope: "row" },
      group.name,
      ...(marks.length > 0 ? [h("span", { class: "mark" }, marks.join(", "))] : []),
    ),
    h("td", { class: "number" }, group.rows),
    ...group.outcomes.map((text) => h("td", { class: "number" }, text)),
    ...shown.map(({ name }) => {
      const found = group.rates.find((rate) => rate.name === name);
      if (!found) return h("td", {});
      const cell = valueCell(found.shown, found.small === null ? "number" : "number small");
      if (found.small !== null)
        cell.append(h("span", { class: "range", title: found.small }, strings["groups.small"]));
      return cell;
    }),
  );
}
