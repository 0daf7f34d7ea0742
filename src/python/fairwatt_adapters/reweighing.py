"""Reweighing (Kamiran and Calders 2012) by AIF360: weights P(group) P(label) / P(group, label)."""

from __future__ import annotations

import logging

from . import answer, models

LIBRARY = "aif360"


def mitigate(table, request, adapter, mark):
    models.require_sklearn(adapter, "aif360", "0.5.0")
    logging.disable(logging.WARNING)
    try:
        import numpy
        import pandas
        from aif360.sklearn.preprocessing import Reweighing
    except ImportError as error:
        if isinstance(error, ModuleNotFoundError):
            raise answer.missing(error, "aif360", adapter["version"])
        message = "aif360.sklearn cannot be imported with this scikit-learn: {}".format(error)
        raise answer.Unavailable("incompatible_version", message, "sklearn", answer.pip_line("scikit-learn<1.6"))
    mark("loaded")
    label = numpy.asarray(table.label, dtype=int)
    result = {}
    train, test = table.train, table.test
    estimator = None
    if table.columns:
        features = table.features(pandas, numpy)
        estimator = models.load(request["estimator"]) if request.get("estimator") else models.default(table)
        estimator = models.fresh(estimator)
        baseline = models.fresh(estimator).fit(features.iloc[train], label[train])
        result["before"] = [int(value) for value in baseline.predict(features.iloc[test])]
    mark("before")
    index = pandas.Index([table.group[row] for row in train], name="group")
    reweighing = Reweighing(prot_attr="group")
    _, weights = reweighing.fit_transform(
        pandas.DataFrame({"row": train}, index=index), pandas.Series(label[train], index=index)
    )
    if estimator is not None:
        options = {models.weight_name(estimator): numpy.asarray(weights)}
        estimator.fit(features.iloc[train], label[train], **options)
        result["after"] = [int(value) for value in estimator.predict(features.iloc[test])]
    mark("mitigated")
    factors = []
    for place, group in enumerate(reweighing.groups_):
        name = group[0] if isinstance(group, tuple) else group
        for at, value in enumerate(reweighing.classes_):
            factor = reweighing.reweigh_factors_[place, at]
            factors.append({"group": str(name), "label": int(value), "weight": answer.number(factor)})
    result["weights"] = [float(weight) for weight in weights]
    result["factors"] = factors
    return result, estimator
