"""Fairlearn's own numbers: MetricFrame and the scalar measures of fairlearn.metrics."""

from __future__ import annotations

import inspect

from . import answer
from .table import Table, group_name

OLDEST = "0.10.0"
METHODS = ("between_groups", "to_overall")
SCALARS = ("demographic_parity", "equal_opportunity", "equalized_odds")


def audit(request, adapter):
    adapter["version"] = answer.require("fairlearn", "fairlearn", OLDEST)
    adapter["dependencies"] = answer.versions("pandas", "numpy", "scikit-learn", "scipy")
    try:
        import fairlearn.metrics as library
        import numpy
        import pandas
        import sklearn.metrics
    except ModuleNotFoundError as error:
        raise answer.missing(error, "fairlearn", adapter["version"])
    table = Table(request)
    metrics = _metrics(library, sklearn.metrics)
    data = {"y_true": numpy.asarray(table.label, dtype=int), "y_pred": numpy.asarray(table.prediction, dtype=int)}
    weights = None if table.weights is None else numpy.asarray(table.weights, dtype=float)
    results = []
    warnings = []
    for by in table.groupings:
        features = table.frame(by, pandas)
        refusal = _refusal(library.MetricFrame, metrics["count"], data, features)
        kept = features.notna().all(axis=1).to_numpy()
        part, own_weights, left_out = data, weights, 0
        if refusal is not None and not kept.all():
            left_out = int((~kept).sum())
            features = features[kept]
            part = {name: values[kept] for name, values in data.items()}
            own_weights = None if weights is None else weights[kept]
            warnings.append(
                "{} rows without a value of {} were left out: fairlearn {} refuses them ({})".format(
                    left_out, " or ".join(by), adapter["version"], refusal
                )
            )
        values = _frame(library.MetricFrame, metrics, part, features, own_weights)
        for name in SCALARS:
            for kind in ("difference", "ratio"):
                function = getattr(library, "{}_{}".format(name, kind), None)
                if function is None:
                    text = "{}_{} is not in fairlearn {}".format(name, kind, adapter["version"])
                    if text not in warnings:
                        warnings.append(text)
                    continue
                values.update(_scalar(function, "{}_{}".format(name, kind), part, features, own_weights))
        results.append({"by": by, "view": "fairlearn", "left_out": left_out, "values": values})
    return {"results": results, "warnings": warnings}


def _refusal(MetricFrame, count, data, features):
    """What it raises where group values are missing: 0.15 in any case, older versions for several attributes."""
    try:
        MetricFrame(metrics={"count": count}, sensitive_features=features, **data)
    except Exception as error:  # noqa: BLE001
        return "{}: {}".format(type(error).__name__, error)
    return None


def _metrics(library, sklearn):
    """The metrics by the names under which they are compared."""
    named = {
        name: getattr(library, name)
        for name in (
            "count",
            "selection_rate",
            "true_positive_rate",
            "true_negative_rate",
            "false_positive_rate",
            "false_negative_rate",
            "mean_prediction",
        )
    }
    for name in ("accuracy_score", "zero_one_loss", "balanced_accuracy_score"):
        named[name] = getattr(sklearn, name)
    for name in ("precision_score", "recall_score", "f1_score"):
        named[name] = _zero_division(getattr(sklearn, name))
    return named


def _zero_division(function):
    """Says what is otherwise only warned of: a rate with nothing to count among is 0."""

    def metric(y_true, y_pred, sample_weight=None):
        return function(y_true, y_pred, sample_weight=sample_weight, zero_division=0)

    return metric


def _frame(MetricFrame, metrics, data, features, weights):
    """All metrics in one frame; one by one where one of them makes the library raise."""
    try:
        return _values(MetricFrame, metrics, data, features, weights)
    except Exception:  # noqa: BLE001 each metric then says for itself what it raises
        values = {}
        for name, metric in metrics.items():
            try:
                values.update(_values(MetricFrame, {name: metric}, data, features, weights))
            except Exception as error:  # noqa: BLE001
                values["MetricFrame({})".format(name)] = "{}: {}".format(type(error).__name__, error)
        return values


def _values(MetricFrame, metrics, data, features, weights):
    parameters = {}
    if weights is not None:
        parameters = {name: {"sample_weight": weights} for name in metrics if name != "count"}
    frame = MetricFrame(metrics=metrics, sensitive_features=features, sample_params=parameters, **data)
    smallest, largest = frame.group_min(), frame.group_max()
    values = {}
    for name in metrics:
        values["{} overall".format(name)] = answer.number(frame.overall[name])
        for key, value in frame.by_group[name].items():
            values["{} by_group[{}]".format(name, group_name(key))] = answer.number(value)
        values["{} group_min".format(name)] = answer.number(smallest[name])
        values["{} group_max".format(name)] = answer.number(largest[name])
    for method in METHODS:
        differences = frame.difference(method=method)
        ratios = frame.ratio(method=method)
        for name in metrics:
            values["{} difference[{}]".format(name, method)] = answer.number(differences[name])
            values["{} ratio[{}]".format(name, method)] = answer.number(ratios[name])
    return values


def _scalar(function, name, data, features, weights):
    aggregations = [None]
    if name.startswith("equalized_odds"):
        known = "agg" in inspect.signature(function).parameters
        aggregations = ["worst_case", "mean"] if known else ["worst_case"]
    values = {}
    for method in METHODS:
        for aggregation in aggregations:
            options = dict(data, sensitive_features=features, method=method, sample_weight=weights)
            label = method
            if aggregation is not None:
                label = "{},{}".format(method, aggregation)
                if len(aggregations) > 1:
                    options["agg"] = aggregation
            values["{}[{}]".format(name, label)] = answer.outcome(lambda: function(**options))
    return values
