/** AIF360: ClassificationMetric and BinaryLabelDatasetMetric, and its scikit-learn interface. */

import { AIF360, type Aif360Rates, aif360View } from "../conventions/aif360.ts";
import { AIF360_SKLEARN, aif360Sklearn } from "../conventions/aif360-sklearn.ts";
import { groupScores, sumScores } from "../conventions/generalized.ts";
import { type LibraryValue, libraryJsonOf } from "../conventions/library-value.ts";
import { groupCounts, hasMissingValue } from "../metrics/groups.ts";
import type { Counted, Library } from "./library.ts";

export const aif360: Library = {
  name: "aif360",
  title: "AIF360",
  conventions: { aif360: AIF360, "aif360.sklearn": AIF360_SKLEARN },
  native(counted, by, view) {
    const [attribute] = by;
    if (attribute === undefined || by.length > 1) return undefined;
    return libraryJsonOf(
      view === "aif360.sklearn" ? sklearnValues(counted, attribute) : classValues(counted, attribute),
    );
  },
};

function classValues({ table, counts, reference }: Counted, attribute: string): Record<string, LibraryValue> {
  const scores = groupScores(table, counts.cells, [attribute]);
  const view = aif360View(groupCounts(counts, [attribute]), reference[attribute]!, scores);
  const values: Record<string, LibraryValue> = { ...view.metric };
  const rates = (name: string, each: Aif360Rates) => {
    for (const [rate, value] of Object.entries(each)) values[`${rate}[${name}]`] = value;
  };
  rates("all", view.all);
  rates("privileged", view.privilegedRates);
  rates("unprivileged", view.unprivilegedRates);
  for (const [name, value] of Object.entries(view.dataset)) values[`labels: ${name}`] = value;
  for (const { group, rates: own, vsPrivileged } of view.byGroup) {
    if (!vsPrivileged) continue;
    const name = group.key[0]!;
    rates(name, own);
    for (const [measure, value] of Object.entries(vsPrivileged))
      if (measure !== "theil_index") values[`${measure}[${name}]`] = value;
  }
  return values;
}

function sklearnValues(
  { table, counts, reference }: Counted,
  attribute: string,
): Record<string, LibraryValue> {
  const grouping = groupCounts(counts, [attribute]);
  const scores = groupScores(table, counts.cells, [attribute]);
  const known = grouping.groups.filter((group) => !hasMissingValue(group));
  return aif360Sklearn(grouping, reference[attribute]!, scores && sumScores(known.map(scores)));
}
