"""The table that Fairwatt hands over: whole columns of one JSON object, labels and predictions as 0 and 1."""

from __future__ import annotations


class Table:
    """
    `label`, `prediction`: lists of 0 and 1, 1 is the positive class; `score`, `weights`: lists of numbers, or None;
    `attributes`: the sensitive columns by name, each a list of texts with None where a value is missing.
    """

    def __init__(self, request):
        self.label = request["label"]
        self.prediction = request["prediction"]
        self.score = request.get("score")
        self.weights = request.get("weights")
        self.attributes = {
            column["name"]: [column["levels"][code] if code >= 0 else None for code in column["codes"]]
            for column in request["attributes"]
        }
        self.groupings = request["groupings"]
        self.reference = request["reference"]

    def frame(self, names, pandas):
        """
        The named attributes as a data frame. Its columns are objects: the string type of pandas 3 is refused by AIF360
        and by Aequitas.
        """
        data = {name: pandas.Series(self.attributes[name], dtype=object) for name in names}
        return pandas.DataFrame(data, columns=list(names))


def group_name(key):
    """ "female, 25-44": how Fairwatt writes the group of an intersection."""
    return ", ".join(str(value) for value in (key if isinstance(key, tuple) else (key,)))
