/** The comparison between groups in each library's words, with a file's own names. */

import type { TextEdit } from "../../../finding.ts";
import { isAge } from "../lexicon.ts";

export interface Names {
  yTrue: string;
  yPred: string;
  /** Statement that makes predictions, where the file has none bound to a name. */
  predict?: string;
  /** Expression for the sensitive columns of the test rows. */
  sensitive: string;
  columns: string[];
  regression: boolean;
  /** Lines that make `sensitive` where the test rows cannot be found by their index. */
  before?: string[];
  /** Edits of the split that keep `sensitive` aside, where it does not yet. */
  atSplit?: TextEdit[];
}

export const LIBRARIES = [
  { name: "fairlearn", title: "Fairlearn", write: fairlearn },
  { name: "aif360", title: "AIF360", write: aif360 },
  { name: "aequitas", title: "Aequitas", write: aequitas },
  { name: "pandas", title: "pandas", write: plainPandas },
] as const;

/** The columns as a Python list; a name to be filled in where none is known. */
export function listOf(columns: readonly string[]): string {
  return columns.length === 0
    ? "sensitive_columns"
    : `[${columns.map((name) => JSON.stringify(name)).join(", ")}]`;
}

function grouped(names: Names): string[] {
  const lines = [
    ...(names.columns.length === 0
      ? ['sensitive_columns = ["sex"]  # the columns of your data to compare']
      : []),
    ...(names.before ?? []),
  ];
  lines.push(`sensitive_rows = ${names.sensitive}`);
  for (const age of names.columns.filter((name) => isAge(name)))
    lines.push(
      `sensitive_rows = sensitive_rows.assign(**{${JSON.stringify(age)}: pd.cut(sensitive_rows[${JSON.stringify(age)}], 4)})`,
    );
  if (!names.regression) {
    // Labels may be numbers or words; which of them is the favourable one only a person knows.
    lines.push(
      `positive = np.unique(${names.yTrue})[-1]  # the outcome that counts as selected: check that it is`,
      `actual = (np.ravel(${names.yTrue}) == positive).astype(int)`,
      `selected = (np.ravel(${names.yPred}) == positive).astype(int)`,
    );
  }
  return [
    ...(names.regression ? [] : ["import numpy as np"]),
    ...(lines.some((line) => line.includes("pd.")) ? ["import pandas as pd"] : []),
    ...lines,
  ];
}

function fairlearn(names: Names): string[] {
  const metrics = names.regression
    ? '{"n": count, "mean_absolute_error": mean_absolute_error}'
    : '{"n": count, "accuracy": accuracy_score, "selection_rate": selection_rate, "false_negative_rate": false_negative_rate}';
  return [
    names.regression
      ? "from fairlearn.metrics import MetricFrame, count"
      : "from fairlearn.metrics import MetricFrame, count, false_negative_rate, selection_rate",
    names.regression
      ? "from sklearn.metrics import mean_absolute_error"
      : "from sklearn.metrics import accuracy_score",
    ...grouped(names),
    "for column in sensitive_rows:",
    "    by_group = MetricFrame(",
    `        metrics=${metrics},`,
    `        y_true=${names.regression ? names.yTrue : "actual"},`,
    `        y_pred=${names.regression ? names.yPred : "selected"},`,
    "        sensitive_features=sensitive_rows[column],",
    "    )",
    "    print(by_group.by_group)",
    "    print(by_group.difference())",
  ];
}

function plainPandas(names: Names): string[] {
  const by = names.columns.length === 0 ? "sensitive_rows" : listOf(names.columns);
  if (names.regression)
    return [
      "import numpy as np",
      ...grouped(names),
      `results = sensitive_rows.assign(error=np.abs(np.ravel(${names.yPred}) - np.ravel(${names.yTrue})))`,
      `for column in ${by}:`,
      '    print(results.groupby(column).agg(n=("error", "size"), mean_error=("error", "mean")))',
    ];
  return [
    ...grouped(names),
    "results = sensitive_rows.assign(actual=actual, selected=selected, error=actual != selected)",
    `for column in ${by}:`,
    '    print(results.groupby(column).agg(n=("error", "size"), selection_rate=("selected", "mean"), error_rate=("error", "mean")))',
  ];
}

function aif360(names: Names): string[] {
  return [
    "from aif360.sklearn.metrics import disparate_impact_ratio, equal_opportunity_difference",
    ...grouped(names),
    "for column in sensitive_rows:  # each group against the largest",
    "    groups = sensitive_rows[column].astype(str).to_numpy()",
    "    largest = sensitive_rows[column].astype(str).mode()[0]",
    "    for group in sorted(set(groups) - {largest}):",
    "        pair = (groups == group) | (groups == largest)",
    '        options = {"prot_attr": groups[pair], "priv_group": largest}',
    "        ratio = disparate_impact_ratio(actual[pair], selected[pair], **options)",
    "        difference = equal_opportunity_difference(actual[pair], selected[pair], **options)",
    '        print(column, group, "against", largest, ratio, difference)',
  ];
}

function aequitas(names: Names): string[] {
  return [
    "from aequitas import Audit",
    ...grouped(names),
    "audited = sensitive_rows.astype(str).assign(score=selected, label_value=actual)",
    'audit = Audit(audited, label_column="label_value", score_column="score")',
    "audit.audit()",
    'disparities = ["attribute_name", "attribute_value", "pprev_disparity", "fpr_disparity", "fnr_disparity"]',
    "print(audit.disparity_df[disparities].to_string())",
  ];
}
