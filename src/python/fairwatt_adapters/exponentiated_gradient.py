"""Exponentiated gradient (Agarwal et al. 2018) by Fairlearn: a randomised mixture of models trained again and again."""

from __future__ import annotations

from . import answer, models

LIBRARY = "fairlearn"
CONSTRAINTS = {
    "demographic_parity": "DemographicParity",
    "equalized_odds": "EqualizedOdds",
    "true_positive_rate_parity": "TruePositiveRateParity",
    "false_positive_rate_parity": "FalsePositiveRateParity",
}


def mitigate(table, request, adapter, mark):
    models.require_sklearn(adapter, "fairlearn", "0.10.0")
    try:
        import numpy
        import pandas
        from fairlearn import reductions
    except ModuleNotFoundError as error:
        raise answer.missing(error, "fairlearn", adapter["version"])
    mark("loaded")
    features = table.features(pandas, numpy)
    label = numpy.asarray(table.label, dtype=int)
    group = numpy.asarray(table.group, dtype=object)
    train, test = table.train, table.test
    estimator = models.load(request["estimator"]) if request.get("estimator") else models.default(table)
    baseline = models.fresh(estimator).fit(features.iloc[train], label[train])
    before = baseline.predict(features.iloc[test])
    mark("before")
    constraint = getattr(reductions, CONSTRAINTS[request["constraint"]])(difference_bound=request["bound"])
    model = reductions.ExponentiatedGradient(
        models.fresh(estimator),
        constraint,
        eps=request["bound"],
        max_iter=request["max_iterations"],
        sample_weight_name=models.weight_name(estimator),
    )
    model.fit(features.iloc[train], label[train], sensitive_features=group[train])
    after = model.predict(features.iloc[test], random_state=request["seed"])
    mark("mitigated")
    return {
        "before": [int(value) for value in before],
        "after": [int(value) for value in after],
        "models": int(sum(weight > 0 for weight in model.weights_)),
        "trainings": int(model.n_oracle_calls_),
        "best_gap": answer.number(model.best_gap_),
    }, model
