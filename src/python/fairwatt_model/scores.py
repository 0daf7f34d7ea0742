"""What a model answered, checked: one finite number per row."""

from __future__ import annotations

import math

from .problem import Problem


def checked(result, count):
    """A list of floats, one per row. Raises a Problem for anything else."""
    if result is None:
        raise Problem("the model gave nothing back; it must give one score per row")
    if hasattr(result, "to_numpy"):
        result = result.to_numpy()
    try:
        values = result.tolist() if hasattr(result, "tolist") else list(result)
    except TypeError:
        raise Problem("the model gave a {}; it must give one score per row".format(type(result).__name__))
    if not isinstance(values, list):
        raise Problem("the model gave a single number; it must give one score per row")
    if len(values) != count:
        raise Problem("the model gave {} scores for {} rows".format(len(values), count))
    return [_number(value, row) for row, value in enumerate(values)]


def _number(value, row):
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        if len(value) != 1:
            message = "the model gave {} numbers for each row; it must give one, the score of the positive class"
            raise Problem(message.format(len(value)))
        value = value[0]
    if isinstance(value, str) or value is None:
        raise Problem("the model gave {!r} as the score of row {}; a score is a number".format(value, row + 1))
    try:
        number = float(value)
    except (TypeError, ValueError):
        message = "the model gave a {} as the score of row {}; a score is a number"
        raise Problem(message.format(type(value).__name__, row + 1))
    if not math.isfinite(number):
        raise Problem("the model gave {} as the score of row {}; a score is a finite number".format(number, row + 1))
    return number
