/** Every word of the audit's page that is not part of the audit, in the editor's language. {0}, {1} are filled where they are used. */

import type { PageStrings } from "../../../webview/audit/protocol.ts";
import type { Translate } from "../words.ts";

/** The page's strings, translated. */
export function auditStrings(t: Translate): PageStrings {
  return { ...pageWords(t), ...limitWords(t), ...groupWords(t), ...measureWords(t) };
}

const pageWords = (t: Translate) => ({
  "page.title": t("Fairness audit"),
  "page.loading": t("Reading the audit"),
  "page.gone": t("This audit is no longer kept. Audit the table again."),
  "action.again": t("Audit again"),
  "action.columns": t("Choose columns"),
  "action.explore": t("Explore thresholds"),
  "action.causes": t("Look for causes"),
  "action.openTable": t("Open the table"),
  "action.openSettings": t("Set limits"),
  "action.export": t("Export report"),
  "action.report": t("Write documents"),
  "facts.title": t("What was audited"),
  "notes.title": t("Before you conclude"),
  "causes.title": t("Where gaps may come from"),
  "causes.sentence": t(
    "Shares of the groups, other columns that tell them, and parts of the table with more errors. All columns are read.",
  ),
  "how.title": t("How these numbers were made"),
});

const limitWords = (t: Translate) => ({
  "limits.title": t("Limits"),
  "limits.none": t(
    "No limit is set for this table, so nothing is judged. Limits belong in the project file before the test.",
  ),
  "limits.broken": t("broken"),
  "limits.kept": t("kept"),
  "limits.undecided": t("not enough data to tell"),
  "limits.brokenCount": t("{0} of {1} limits broken"),
  "limits.keptCount": t("{0} kept"),
  "limits.undecidedCount": t("{0} not decided: not enough data to tell"),
  "limits.verdict": t("Verdict"),
  "limits.by": t("By"),
  "limits.limit": t("Limit"),
  "limits.finding": t("Finding"),
});

const groupWords = (t: Translate) => ({
  "grouping.choice": t("Groups by"),
  "class.choice": t("Against the rest, class"),
  "class.more": t("and {0} more classes: `fairwatt audit --json` has them all"),
  "overview.chart": t("{0} by {1} with ranges; the same figures are in the table below it"),
  "rates.title": t("Rates by group"),
  "rates.choice": t("Rate"),
  "rates.chart": t("{0} by {1} with ranges; the same figures are in the table beside it"),
  "rates.group": t("Group"),
  "rates.value": t("Value"),
  "rates.range": t("Range"),
  "rates.counted": t("Counted"),
  "rates.among": t("{0}: counted among {1}."),
  "rates.note": t("Note"),
  "rates.reference": t("reference"),
  "rates.missing": t("no value"),
  "rates.smallLegend": t("hollow: too few rows to decide anything"),
  "rates.missingNote": t("rows without a value of a sensitive column are a group of their own"),
  "groups.title": t("Counts and rates"),
  "groups.rows": t("Rows"),
  "groups.outcomes": t("Labelled / predicted"),
  "groups.truePositive": t("pos / pos"),
  "groups.falsePositive": t("neg / pos"),
  "groups.falseNegative": t("pos / neg"),
  "groups.trueNegative": t("neg / neg"),
  "groups.small": t("too few rows"),
  "groups.more": t("and {0} more groups: `fairwatt audit --json` has them all"),
});

const measureWords = (t: Translate) => ({
  "measures.title": t("Measures"),
  "measures.choice": t("As defined by"),
  "measures.own": t("Fairwatt"),
  "measures.measure": t("Measure"),
  "measures.difference": t("Difference"),
  "measures.ratio": t("Ratio"),
  "measures.extremes": t("Highest / lowest"),
  "measures.chance": t("By chance"),
  "measures.excluded": t("Takes no part: {0}"),
  "measures.excludedAll": t("Take no part in any measure: {0}."),
  "measures.definition": t("Definition"),
  "measures.value": t("Value"),
  "measures.noLibrary": t("No library reports such a grouping."),
  "fourFifths.title": t("Four-fifths rule"),
  "comparisons.title": t("Against the reference group"),
  "comparisons.none": t("There is no second group to compare."),
  "scores.title": t("Ranking and calibration of the score"),
});
