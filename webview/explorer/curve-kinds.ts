/** ROC and precision-recall, as this page names and tabulates them. */

import { rateOf } from "../../src/fairness/metrics/rates.ts";
import type { CurveGroup, CurveKind } from "../charts/rate-curves.ts";
import { fill } from "../protocol.ts";
import type { ExplorerContext } from "./context.ts";
import { digits, thresholdText } from "./numbers.ts";

/** `groups`: the groups that are drawn now, with their places in the model. */
export function curveKinds(
  { strings, model }: ExplorerContext,
  groups: () => readonly (CurveGroup & { index: number })[],
): [roc: CurveKind, precisionRecall: CurveKind] {
  const known = (value: number | null) => (value === null ? strings["rates.notEstimable"] : digits(value));
  const rate = (name: "true_positive_rate" | "false_positive_rate" | "precision", index: number) =>
    known(rateOf(name, model.confusion(index)).value);
  const threshold = (index: number) =>
    thresholdText(model.choices[index]!.threshold) ?? strings["groups.nobody"];
  const head = (...last: string[]) => [strings["rates.group"], ...last];
  return [
    {
      id: "roc",
      title: strings["curves.roc"],
      get label() {
        return fill(strings["curves.rocLabel"], groups().length);
      },
      xTitle: strings["curves.falsePositiveRate"],
      yTitle: strings["curves.recall"],
      x: (curves) => curves.falsePositiveRate,
      y: (curves) => curves.truePositiveRate,
      table: () => ({
        caption: strings["curves.point"],
        head: head(
          strings["curves.area"],
          strings["groups.threshold"],
          strings["curves.falsePositiveRate"],
          strings["curves.recall"],
        ),
        rows: groups().map(({ name, curves, index }) => [
          name,
          known(curves.area),
          threshold(index),
          rate("false_positive_rate", index),
          rate("true_positive_rate", index),
        ]),
      }),
    },
    {
      id: "pr",
      title: strings["curves.pr"],
      get label() {
        return fill(strings["curves.prLabel"], groups().length);
      },
      xTitle: strings["curves.recall"],
      yTitle: strings["curves.precision"],
      x: (curves) => curves.truePositiveRate,
      y: (curves) => curves.precision,
      table: () => ({
        caption: strings["curves.point"],
        head: head(
          strings["curves.averagePrecision"],
          strings["groups.threshold"],
          strings["curves.recall"],
          strings["curves.precision"],
        ),
        rows: groups().map(({ name, curves, index }) => [
          name,
          known(curves.averagePrecision),
          threshold(index),
          rate("true_positive_rate", index),
          rate("precision", index),
        ]),
      }),
    },
  ];
}
