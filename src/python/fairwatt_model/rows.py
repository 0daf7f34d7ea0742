"""Rows of the table as the model takes them: a data frame where pandas is there, else one dictionary per row."""

from __future__ import annotations

import sys

from .problem import Problem


class Rows:
    """`columns`: name, type ("int", "float", "bool", "text") and values, None where one is missing; all of one length."""

    def __init__(self, columns, needs_frame):
        try:
            import pandas
        except ModuleNotFoundError:
            if needs_frame:
                message = "the model takes columns by their names, which needs pandas; it is not installed in {}"
                raise Problem(message.format(sys.executable))
            pandas = None
        self.pandas = pandas
        self.columns = columns
        self.count = len(columns[0]["values"]) if columns else 0
        self.frame = None
        if pandas is not None:
            self.frame = pandas.DataFrame({column["name"]: self._series(column) for column in columns})

    def given(self, change=None):
        """A copy for the model. `change`: a column that all rows have in place of theirs, with one value."""
        replaced = change and dict(change, values=change["values"] * self.count)
        if self.frame is not None:
            frame = self.frame.copy()
            if replaced:
                frame[replaced["name"]] = self._series(replaced)
            return frame
        columns = [replaced if change and column["name"] == change["name"] else column for column in self.columns]
        names = [column["name"] for column in columns]
        return [dict(zip(names, row)) for row in zip(*(_plain(column) for column in columns))]

    def _series(self, column):
        """As pandas would read them from a file: a missing value is NaN, a text an object."""
        values = column["values"]
        kind = {"int": "int64", "float": "float64", "bool": "bool"}.get(column["type"], object)
        if column["type"] in ("float", "text"):
            values = [float("nan") if value is None else value for value in values]
        return self.pandas.Series(values, dtype=kind)


def _plain(column):
    """JSON writes 3.0 as 3."""
    if column["type"] != "float":
        return column["values"]
    return [None if value is None else float(value) for value in column["values"]]
