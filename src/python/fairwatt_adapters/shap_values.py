"""SHAP values of a model's scores, against a sample of the reference population; and what replacing one feature does."""

from __future__ import annotations

import random

from fairwatt_model import loading
from fairwatt_model.rows import Rows
from fairwatt_model.scores import checked

from . import answer

OLDEST = "0.40.0"
# Up to here all subsets of the features are looked at; beyond, random orders of them.
EXACT = 10


def explain(request, adapter):
    """
    `columns` as predict.py takes them, of all rows; `adverse`: rows to explain, or None with a `threshold` of the score;
    `reference`: "all" or "approved". Returns contributions, one list per explained row, in the unit of the score.
    """
    adapter["version"] = answer.require("shap", "shap", OLDEST)
    adapter["dependencies"] = answer.versions("pandas", "numpy", "scikit-learn", "numba")
    try:
        import numpy
        import shap
    except ModuleNotFoundError as error:
        raise answer.missing(error, "shap", adapter["version"])
    scorer, notes = loading.load(request)
    columns = _wanted(request["columns"], scorer.columns)
    names = [column["name"] for column in columns]

    def score(given):
        rows = Rows(given, scorer.needs_frame)
        return numpy.asarray(checked(scorer.scores(rows.given()), rows.count), dtype=float)

    scores = score(columns)
    adverse = request["adverse"]
    if adverse is None:
        below = request["higher"] == "approval"
        adverse = [row for row, value in enumerate(scores) if (value < request["threshold"]) == below]
    rows = range(len(scores))
    denied = set(adverse)
    population = [row for row in rows if row not in denied] if request["reference"] == "approved" else list(rows)
    if not population:
        raise ValueError("no applicant was approved, so that there is nobody to compare with")
    if not adverse:
        raise ValueError("no action was adverse, so that there is nothing to explain")
    generator = random.Random(request["seed"])
    background = sorted(generator.sample(population, min(request["background"], len(population))))

    coded, decode = _coded(columns, numpy)

    def model(values):
        return score([dict(column, values=decode(at, values[:, at])) for at, column in enumerate(columns)])

    numpy.random.seed(request["seed"])
    masker = shap.maskers.Independent(coded[background], max_samples=len(background))
    exact = len(names) <= EXACT
    if exact:
        explainer = shap.explainers.Exact(model, masker)
        explained = explainer(coded[adverse], max_evals=2 ** len(names) + 1, batch_size=2 ** len(names), silent=True)
    else:
        explainer = shap.explainers.Permutation(model, masker, seed=request["seed"])
        explained = explainer(coded[adverse], max_evals=10 * (2 * len(names) + 1), batch_size=100, silent=True)
    values = numpy.asarray(explained.values, dtype=float)
    result = {
        "features": names,
        "rows": [int(row) for row in adverse],
        "contributions": [[answer.number(value) for value in row] for row in values],
        "scores": [answer.number(value) for value in scores],
        "replaced": _replaced(model, coded, adverse, background, scores, numpy),
        "background": len(background),
        "method": "SHAP {} values ({}), output {} of {}".format(
            adapter["version"], "exact" if exact else "permutation", scorer.method, scorer.what
        ),
        "model": scorer.name,
        "positive": scorer.positive,
    }
    return {"results": [result], "warnings": scorer.notes + notes}


def _wanted(columns, names):
    """Those that the model was trained on, in its order, where it says so."""
    if names is None:
        return columns
    known = {column["name"]: column for column in columns}
    lacking = [name for name in names if name not in known]
    if lacking:
        raise ValueError("the model expects columns that the table lacks: {}".format(", ".join(lacking)))
    return [known[name] for name in names]


def _coded(columns, numpy):
    """All columns as one matrix of numbers, texts by their place among the column's; and the way back."""
    matrix = numpy.empty((len(columns[0]["values"]), len(columns)))
    levels = []
    for at, column in enumerate(columns):
        values = column["values"]
        if column["type"] in ("int", "float"):
            matrix[:, at] = [numpy.nan if value is None else value for value in values]
            levels.append(None)
            continue
        known = list(dict.fromkeys(values))
        place = {value: code for code, value in enumerate(known)}
        matrix[:, at] = [place[value] for value in values]
        levels.append(known)

    def decode(at, codes):
        if levels[at] is not None:
            return [levels[at][int(round(code))] for code in codes]
        whole = columns[at]["type"] == "int"
        return [None if code != code else int(code) if whole else float(code) for code in codes]

    return matrix, decode


def _replaced(model, coded, adverse, background, scores, numpy):
    """Per explained row and feature: mean change of the score with the feature's values of the background in its place."""
    changes = []
    for row in adverse:
        block = numpy.repeat(coded[[row]], len(background) * coded.shape[1], axis=0)
        for at in range(coded.shape[1]):
            part = slice(at * len(background), (at + 1) * len(background))
            block[part, at] = coded[background, at]
        means = model(block).reshape(coded.shape[1], len(background)).mean(axis=1)
        changes.append([answer.number(mean - scores[row]) for mean in means])
    return changes
