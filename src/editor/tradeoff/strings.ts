/** Every word of the trade-off page that is not part of the matrix, in the editor's language. */

import type { TradeoffStrings } from "../../../webview/tradeoff/protocol.ts";
import type { Translate } from "../words.ts";

export function tradeoffStrings(t: Translate): TradeoffStrings {
  return {
    "page.title": t("Candidates for deployment"),
    "page.loading": t("Reading the ledger"),
    "page.none": t(
      "There is nothing to compare yet: measure inference with fairwatt bench, audit predictions, or name candidates under [[tradeoff.candidates]] in the project file.",
    ),
    "action.refresh": t("Read again"),
    "action.settings": t("Open project file"),
    "action.report": t("Write documents"),
    "chart.showTable": t("Show as table"),
    "chart.hideTable": t("Hide table"),
    "chart.copyCsv": t("Copy as CSV"),
    "chart.copyImage": t("Copy as image"),
    "chart.copied": t("Copied"),
    "chart.series": t("Series of {0}"),
    "scatter.title": t("Candidates"),
    "scatter.label": t("{0} over {1} of {2}"),
    "scatter.caption": t("The candidates by the two figures that are drawn, by their values without ranges."),
    "scatter.x": t("Across"),
    "scatter.y": t("Upwards"),
    "scatter.none": t("No candidate has both figures: choose others, or measure them."),
    "scatter.missing": t("Not drawn, because a figure was not measured: {0}"),
    "scatter.candidate": t("Candidate"),
    "front.on": t("beaten by none"),
    "front.off": t("beaten by another in all that is compared"),
    "front.unknown": t("not compared: figures missing"),
    "table.title": t("Matrix"),
    "table.property": t("Property"),
    "breakEven.title": t("Break-even"),
    "decision.title": t("Decision"),
    "notices.title": t("Good to know"),
  };
}
