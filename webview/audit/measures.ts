/** Measures between groups, as Fairwatt or a library defines them; the definition stands beside the numbers. */

import { h } from "../ui/dom.ts";
import { factList, fill, type PageContext, plainTable, section, tableBlock, valueCell } from "./parts.ts";
import type { ConventionView, GroupingView, MeasureView } from "./protocol.ts";

/** `chosen`: the name of a library; "" for our own. */
export function measuresSection(
  context: PageContext,
  grouping: GroupingView,
  chosen: string,
  chooser: HTMLElement,
): HTMLElement {
  const { strings } = context;
  const library = grouping.libraries.find(({ name }) => name === chosen);
  return section(
    "measures-title",
    strings["measures.title"],
    h(
      "div",
      { class: "bar" },
      chooser,
      grouping.libraries.length === 0 ? h("span", { class: "hint" }, strings["measures.noLibrary"]) : null,
    ),
    ...(library ? libraryParts(context, library) : ownParts(context, grouping)),
  );
}

function ownParts(context: PageContext, { measures, convention }: GroupingView): HTMLElement[] {
  const { strings } = context;
  const own = strings["measures.own"];
  const everywhere = (measures[0]?.excluded ?? []).filter((each) =>
    measures.every(({ excluded }) => excluded.includes(each)),
  );
  const head = [
    strings["measures.measure"],
    strings["measures.difference"],
    strings["measures.ratio"],
    strings["measures.extremes"],
    strings["measures.chance"],
  ];
  const table = h(
    "table",
    { class: "measures" },
    h("caption", { class: "visually-hidden" }, `${strings["measures.title"]}, ${own}`),
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
    h("tbody", {}, ...measures.map((measure) => measureRow(context, measure, everywhere))),
  );
  const excluded = fill(strings["measures.excludedAll"], everywhere.join("; "));
  return [
    h("p", { class: "hint" }, `${own}: ${convention}.`),
    tableBlock(strings["measures.title"], table),
    ...(everywhere.length > 0 ? [h("p", { class: "hint" }, excluded)] : []),
  ];
}

/** `everywhere`: groups that take no part in any measure, which is said once. */
function measureRow(
  { strings }: PageContext,
  measure: MeasureView,
  everywhere: readonly string[],
): HTMLElement {
  const { label, difference, ratio, extremes, chance } = measure;
  const excluded = measure.excluded.filter((each) => !everywhere.includes(each));
  const name = h("th", { scope: "row" }, label);
  if (excluded.length > 0)
    name.append(h("span", { class: "range" }, fill(strings["measures.excluded"], excluded.join("; "))));
  const why =
    difference.range === "" && difference.whence !== ""
      ? h("span", { class: "range" }, difference.whence)
      : null;
  const first = valueCell(difference);
  if (why) first.append(why);
  return h("tr", {}, name, first, valueCell(ratio), h("td", {}, extremes), h("td", {}, chance));
}

function libraryParts(
  context: PageContext,
  { name, about, caution, values }: ConventionView,
): (HTMLElement | null)[] {
  const { strings } = context;
  const view = {
    head: [strings["measures.measure"], strings["measures.value"], strings["measures.definition"]],
    rows: values.map(([measure, value]) => [measure, value, name]),
  };
  return [
    factList(about),
    caution === null ? null : h("p", { class: "caution" }, caution),
    plainTable(`${strings["measures.title"]}, ${name}`, view, [1]),
  ];
}
