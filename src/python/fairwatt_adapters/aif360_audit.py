"""AIF360's own numbers: ClassificationMetric and BinaryLabelDatasetMetric, and the functions of aif360.sklearn."""

from __future__ import annotations

import logging
import warnings as python_warnings

from . import answer
from .table import Table

OLDEST = "0.5.0"
RATES = ("TPR", "TNR", "FPR", "FNR", "GTPR", "GTNR", "GFPR", "GFNR", "PPV", "NPV", "FDR", "FOR", "ACC")
COUNTS = ("TP", "FP", "TN", "FN")
DIFFERENCES = (
    "disparate_impact",
    "statistical_parity_difference",
    "true_positive_rate_difference",
    "equal_opportunity_difference",
    "false_positive_rate_difference",
    "false_negative_rate_difference",
    "false_omission_rate_difference",
    "false_discovery_rate_difference",
    "false_positive_rate_ratio",
    "false_negative_rate_ratio",
    "false_omission_rate_ratio",
    "false_discovery_rate_ratio",
    "average_odds_difference",
    "average_abs_odds_difference",
    "average_predictive_value_difference",
    "equalized_odds_difference",
    "generalized_equalized_odds_difference",
    "error_rate_difference",
    "error_rate_ratio",
)
ENTROPIES = (
    "theil_index",
    "coefficient_of_variation",
    "between_group_theil_index",
    "between_group_coefficient_of_variation",
    "between_all_groups_theil_index",
    "between_all_groups_coefficient_of_variation",
    "differential_fairness_bias_amplification",
)
ALPHAS = (0, 1, 2, 3)
LABELS = ("disparate_impact", "statistical_parity_difference", "smoothed_empirical_differential_fairness")


def audit(request, adapter):
    adapter["version"] = answer.require("aif360", "aif360", OLDEST)
    adapter["dependencies"] = answer.versions("pandas", "numpy", "scikit-learn", "scipy", "matplotlib")
    logging.disable(logging.WARNING)  # It names at every import what else one could install.
    python_warnings.simplefilter("ignore")
    try:
        import numpy
        import pandas
        from aif360.datasets import BinaryLabelDataset
        from aif360.metrics import BinaryLabelDatasetMetric, ClassificationMetric
    except ModuleNotFoundError as error:
        raise answer.missing(error, "aif360", adapter["version"])
    warnings = []
    try:
        from aif360.sklearn import metrics as sklearn_metrics
    except ImportError as error:
        # It uses private parts of scikit-learn, which move.
        sklearn_metrics = None
        warnings.append("aif360.sklearn cannot be imported with this scikit-learn: {}".format(error))
    table = Table(request)
    results = []
    for by in table.groupings:
        if len(by) > 1:
            continue
        rows = _Rows(table, by[0], numpy)
        if rows.dropped > 0:
            warnings.append(
                "{} rows without a value of {} were left out: AIF360 refuses them".format(rows.dropped, by[0])
            )
        if len(rows.values) < 2 or rows.privileged not in rows.values:
            warnings.append("{} has one group only: AIF360 has nothing to compare".format(by[0]))
            continue
        datasets = _datasets(rows, BinaryLabelDataset, pandas)
        values = _class_values(rows, datasets, ClassificationMetric, BinaryLabelDatasetMetric)
        result = {"by": by, "left_out": rows.dropped}
        results.append(dict(result, view="aif360", values=values))
        if sklearn_metrics is not None:
            results.append(dict(result, view="aif360.sklearn", values=_sklearn_values(rows, sklearn_metrics)))
    return {"results": results, "warnings": warnings}


class _Rows:
    """The rows with a value of the attribute; `code`: place of the value among the sorted ones."""

    def __init__(self, table, attribute, numpy):
        column = table.attributes[attribute]
        kept = [index for index, value in enumerate(column) if value is not None]
        self.dropped = len(column) - len(kept)
        self.values = sorted({column[index] for index in kept})
        place = {value: at for at, value in enumerate(self.values)}
        self.privileged = table.reference[attribute]

        def pick(values, kind):
            return None if values is None else numpy.asarray([values[index] for index in kept], dtype=kind)

        self.code = numpy.asarray([place[column[index]] for index in kept], dtype=float)
        self.label = pick(table.label, int)
        self.prediction = pick(table.prediction, int)
        self.score = pick(table.score, float)
        self.weights = pick(table.weights, float)

    def groups(self, *values):
        return [{"group": float(self.values.index(value))} for value in values]

    def others(self):
        return [value for value in self.values if value != self.privileged]


def _datasets(rows, BinaryLabelDataset, pandas):
    """The true data set and the predicted one: all columns numbers, none missing."""
    data = {"group": rows.code, "label": rows.label.astype(float)}
    options = {}
    if rows.weights is not None:
        data["weight"] = rows.weights
        options["instance_weights_name"] = "weight"
    true = BinaryLabelDataset(
        df=pandas.DataFrame(data),
        label_names=["label"],
        protected_attribute_names=["group"],
        favorable_label=1.0,
        unfavorable_label=0.0,
        **options
    )
    predicted = true.copy()
    predicted.labels = rows.prediction.astype(float).reshape(-1, 1)
    scores = rows.prediction.astype(float) if rows.score is None else rows.score
    predicted.scores = scores.reshape(-1, 1)
    return true, predicted


def _class_values(rows, datasets, ClassificationMetric, BinaryLabelDatasetMetric):
    true, predicted = datasets
    privileged = rows.groups(rows.privileged)

    def against(*unprivileged):
        return ClassificationMetric(
            true, predicted, unprivileged_groups=rows.groups(*unprivileged), privileged_groups=privileged
        )

    metric = against(*rows.others())
    values = {name: answer.outcome(getattr(metric, name)) for name in DIFFERENCES + ENTROPIES}
    for alpha in ALPHAS:
        for name in ("generalized_entropy_index", "between_group_generalized_entropy_index"):
            function = getattr(metric, name)
            values["{}[alpha={}]".format(name, alpha)] = answer.outcome(lambda: function(alpha=alpha))
    for side, name in ((None, "all"), (True, "privileged"), (False, "unprivileged")):
        values.update(_rates(metric, side, name))
    labels = BinaryLabelDatasetMetric(
        true, unprivileged_groups=rows.groups(*rows.others()), privileged_groups=privileged
    )
    for name in LABELS:
        values["labels: {}".format(name)] = answer.outcome(getattr(labels, name))
    for value in rows.others():
        alone = against(value)
        values.update(_rates(alone, False, value))
        for name in DIFFERENCES:
            values["{}[{}]".format(name, value)] = answer.outcome(getattr(alone, name))
    return values


def _rates(metric, privileged, name):
    """The rates of one side; `privileged` None: of all rows."""
    measures = {}
    try:
        measures = dict(metric.performance_measures(privileged=privileged))
        measures.update(metric.binary_confusion_matrix(privileged=privileged))
    except Exception as error:  # noqa: BLE001
        return {"performance_measures[{}]".format(name): "{}: {}".format(type(error).__name__, error)}
    values = {"{}[{}]".format(key, name): answer.number(measures[key]) for key in RATES + COUNTS}
    for key in ("num_instances", "base_rate", "selection_rate"):
        function = getattr(metric, key)
        values["{}[{}]".format(key, name)] = answer.outcome(lambda: function(privileged=privileged))
    return values


def _sklearn_values(rows, library):
    group = rows.code
    true, predicted, weights = rows.label, rows.prediction, rows.weights
    sides = {"prot_attr": group, "priv_group": float(rows.values.index(rows.privileged)), "sample_weight": weights}
    groups = {"prot_attr": group, "sample_weight": weights}
    unweighted = {name: value for name, value in groups.items() if name != "sample_weight"}
    calls = {
        name: (lambda function=getattr(library, name): function(true, predicted, **sides))
        for name in (
            "statistical_parity_difference",
            "disparate_impact_ratio",
            "equal_opportunity_difference",
            "average_odds_difference",
            "average_odds_error",
            "average_predictive_value_difference",
            "class_imbalance",
            "kl_divergence",
        )
    }
    calls["conditional_demographic_disparity"] = lambda: library.conditional_demographic_disparity(
        true, predicted, **groups
    )
    calls["smoothed_edf(labels)"] = lambda: library.smoothed_edf(true, **groups)
    calls["smoothed_edf(pred)"] = lambda: library.smoothed_edf(true, predicted, **groups)
    calls["df_bias_amplification"] = lambda: library.df_bias_amplification(true, predicted, **groups)
    calls["base_rate ratio (labels)"] = lambda: library.disparate_impact_ratio(true, **sides)
    calls["base_rate difference (labels)"] = lambda: library.statistical_parity_difference(true, **sides)
    for alpha in (0, 1, 2):
        calls["generalized_entropy_error[alpha={}]".format(alpha)] = (
            lambda alpha=alpha: library.generalized_entropy_error(true, predicted, alpha=alpha)
        )
        calls["between_group_generalized_entropy_error[alpha={},all groups]".format(alpha)] = (
            lambda alpha=alpha: library.between_group_generalized_entropy_error(
                true, predicted, alpha=alpha, **unweighted
            )
        )
    if rows.score is not None:
        calls["generalized_fpr"] = lambda: library.generalized_fpr(true, rows.score, sample_weight=weights)
        calls["generalized_fnr"] = lambda: library.generalized_fnr(true, rows.score, sample_weight=weights)
    return {name: answer.outcome(call) for name, call in calls.items()}
