"""What gives scores: an estimator with its columns and classes, or a function."""

from __future__ import annotations

import numbers

from .problem import Problem


class Function:
    """A function of the user's: takes the rows, gives one score for each."""

    method = "call"
    positive = None

    def __init__(self, function, name):
        self.function = function
        self.name = name
        self.what = "function"
        self.columns = names_of(function)
        self.needs_frame = False
        self.notes = []

    def scores(self, rows):
        return self.function(rows)


class Estimator:
    """A trained model with scikit-learn's methods. Scores are those of the table's positive class."""

    def __init__(self, model, name, positive, negative):
        self.model = model
        self.name = name
        self.what = type(model).__name__
        self.columns = names_of(model)
        self.needs_frame = self.columns is not None
        self.notes = []
        methods = ("predict_proba", "decision_function", "predict")
        self.method = next(each for each in methods if callable(getattr(model, each, None)))
        self.positive, self.place, self.count = self._class_of(positive, negative)
        width = getattr(model, "n_features_in_", None)
        if self.columns is None and width is not None:
            message = "{} was trained on {} columns without names; name a function that makes them of the table's columns, as module:function"
            raise Problem(message.format(name, width))

    def scores(self, rows):
        result = getattr(self.model, self.method)(rows)
        if self.positive is None:
            return result
        if hasattr(result, "to_numpy"):
            result = result.to_numpy()
        if self.method == "predict_proba":
            return [row[self.place] for row in result]
        if self.method == "predict":
            return [1.0 if class_name(value) == self.positive else 0.0 for value in result]
        if self.count > 2:
            return [row[self.place] for row in result]
        return [value if self.place == 1 else -value for value in result]

    def _class_of(self, positive, negative):
        """Name and place of the positive class among the model's, and how many there are; None for a regression."""
        classes = getattr(self.model, "classes_", None)
        if classes is None:
            if self.method != "predict_proba":
                return None, None, 0
            self.notes.append("the model does not name its classes; the last one is taken as the positive one")
            return positive, -1, 0
        names = [class_name(value) for value in classes]
        if positive in names:
            return positive, names.index(positive), len(names)
        encoded = set(names) in ({"0", "1"}, {"-1", "1"}, {"false", "true"})
        if encoded and negative not in names:
            one = "true" if "true" in names else "1"
            self.notes.append("the model's classes are {}; {} is taken for {}".format(", ".join(names), one, positive))
            return one, names.index(one), len(names)
        message = "the model knows the classes {}, and the positive one is {} here"
        raise Problem(message.format(", ".join(names), positive))


def names_of(model):
    """Columns that it was trained on, where it says so."""
    for attribute in ("feature_names_in_", "feature_names_"):
        names = getattr(model, attribute, None)
        if names is not None and len(names) > 0:
            return [str(name) for name in names]
    return None


def class_name(value):
    """ "1" of 1, 1.0 and "1.0", as tables name their classes."""
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return value
    if isinstance(value, numbers.Real) and float(value).is_integer():
        return str(int(value))
    return str(value)
