"""The table that is mitigated: labels, one group per row, features, and which rows are kept for the test."""

from __future__ import annotations

import random


class MitigationTable:
    """`label`: 0 and 1; `group`: texts; `score`: numbers or None; `train`, `test`: places of rows, in order."""

    def __init__(self, request):
        self.label = request["label"]
        self.prediction = request.get("prediction")
        self.score = request.get("score")
        self.group = request["group"]
        self.columns = request["features"]
        self.train, self.test = _split(self.group, self.label, request["test_share"], request["seed"])

    def features(self, pandas, numpy):
        """The features as a data frame: numbers as floats with NaN, texts as objects with None where one is missing."""
        data = {}
        for column in self.columns:
            if "values" in column:
                values = [numpy.nan if value is None else value for value in column["values"]]
                data[column["name"]] = pandas.Series(values, dtype=float)
            else:
                levels = column["levels"]
                texts = [levels[code] if code >= 0 else None for code in column["codes"]]
                data[column["name"]] = pandas.Series(texts, dtype=object)
        return pandas.DataFrame(data)


def _split(group, label, share, seed):
    """The same share of every group and label goes into the test; with a share of 0, all rows are in both."""
    rows = range(len(label))
    if share == 0:
        return list(rows), list(rows)
    strata = {}
    for row in rows:
        strata.setdefault((group[row], label[row]), []).append(row)
    generator = random.Random(seed)
    test = set()
    for key in sorted(strata):
        members = strata[key]
        generator.shuffle(members)
        test.update(members[: round(share * len(members))])
    return [row for row in rows if row not in test], [row for row in rows if row in test]
