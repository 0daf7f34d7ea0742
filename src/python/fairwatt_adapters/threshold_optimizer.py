"""Threshold optimizer (Hardt et al. 2016) by Fairlearn: a threshold per group, mixed at random between two."""

from __future__ import annotations

import warnings

from . import answer, models

LIBRARY = "fairlearn"


def mitigate(table, request, adapter, mark):
    models.require_sklearn(adapter, "fairlearn", "0.10.0")
    try:
        import numpy
        import pandas
        from fairlearn.postprocessing import ThresholdOptimizer
        from sklearn.base import BaseEstimator
    except ModuleNotFoundError as error:
        raise answer.missing(error, "fairlearn", adapter["version"])

    class ScoreColumn(BaseEstimator):
        """Stands for the model whose scores are in the table."""

        fitted_ = True

        def fit(self, X, y):
            return self

        def predict(self, X):
            return numpy.asarray(X)[:, 0]

    mark("loaded")
    label = numpy.asarray(table.label, dtype=int)
    group = numpy.asarray(table.group, dtype=object)
    train, test = table.train, table.test
    of_score = table.score is not None
    if of_score:
        features = pandas.DataFrame({"score": numpy.asarray(table.score, dtype=float)})
        estimator, method = ScoreColumn(), "predict"
        before = numpy.asarray(table.prediction, dtype=int)[test]
    else:
        features = table.features(pandas, numpy)
        if request.get("estimator"):
            estimator = models.load(request["estimator"])
            models.require_positive(estimator, request["positive"])
            features = models.as_trained(features, estimator)
        else:
            estimator = models.default(table).fit(features.iloc[train], label[train])
        method = "predict_proba" if hasattr(estimator, "predict_proba") else "auto"
        before = estimator.predict(features.iloc[test]) == list(estimator.classes_)[1]
    mark("before")
    optimizer = ThresholdOptimizer(
        estimator=estimator,
        constraints=request["constraint"],
        objective=request["objective"],
        grid_size=request["grid_size"],
        prefit=True,
        predict_method=method,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        optimizer.fit(features.iloc[train], label[train], sensitive_features=group[train])
        after = optimizer.predict(
            features.iloc[test], sensitive_features=group[test], random_state=request["seed"]
        )
    mark("mitigated")
    thresholds = [
        dict(_rule(rule), group=str(name))
        for name, rule in optimizer.interpolated_thresholder_.interpolation_dict.items()
    ]
    result = {
        "before": [int(value) for value in before],
        "after": [int(value) for value in after],
        "thresholds": thresholds,
    }
    return result, None if of_score else optimizer


def _rule(rule):
    """ "p0 times operation0 plus p1 times operation1", and with `p_ignore` a constant chance instead."""
    plain = {"p0": float(rule.p0), "operation0": str(rule.operation0)}
    plain.update({"p1": float(rule.p1), "operation1": str(rule.operation1)})
    if "p_ignore" in rule:
        plain["p_ignore"] = float(rule.p_ignore)
        plain["prediction_constant"] = float(rule.prediction_constant)
    return plain
