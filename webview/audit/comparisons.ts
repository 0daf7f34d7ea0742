/** Groups against each other: the four-fifths rule, each against the reference, and what the score tells. */

import { h } from "../ui/dom.ts";
import { type PageContext, plainTable, section } from "./parts.ts";
import type { GroupingView } from "./protocol.ts";

export function comparisonSections(
  { strings }: PageContext,
  { fourFifths, comparisons, scores }: GroupingView,
): HTMLElement[] {
  const parts: HTMLElement[] = [];
  if (fourFifths)
    parts.push(
      section(
        "four-fifths-title",
        strings["fourFifths.title"],
        h("p", { class: "hint" }, fourFifths.sentence),
        plainTable(strings["fourFifths.title"], fourFifths.table, [2]),
      ),
    );
  parts.push(
    section(
      "comparisons-title",
      strings["comparisons.title"],
      comparisons.rows.length === 0
        ? h("p", {}, strings["comparisons.none"])
        : plainTable(strings["comparisons.title"], comparisons, [2, 3, 6, 7]),
    ),
  );
  if (scores)
    parts.push(
      section(
        "scores-title",
        strings["scores.title"],
        plainTable(strings["scores.title"], scores, [1, 2, 3, 4]),
      ),
    );
  return parts;
}
