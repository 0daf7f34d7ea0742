"""The model that is mitigated: the user's own, or a logistic regression on the table's features."""

from __future__ import annotations

from . import answer


def load(path):
    """An estimator from a joblib or pickle file. Loading runs code of the file: the caller has said that it is trusted."""
    import joblib

    return joblib.load(path)


def default(table):
    """Numbers are completed by their median and scaled, texts are one-hot; then a logistic regression."""
    from sklearn.compose import ColumnTransformer
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import Pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    numbers = [column["name"] for column in table.columns if "values" in column]
    texts = [column["name"] for column in table.columns if "values" not in column]
    columns = ColumnTransformer(
        [
            ("numbers", Pipeline([("fill", SimpleImputer(strategy="median")), ("scale", StandardScaler())]), numbers),
            ("texts", OneHotEncoder(handle_unknown="ignore"), texts),
        ]
    )
    return Pipeline([("features", columns), ("model", LogisticRegression(max_iter=1000))])


def weight_name(estimator):
    """The argument of `fit` that takes the weights: in a pipeline, that of its last step."""
    steps = getattr(estimator, "steps", None)
    return "{}__sample_weight".format(steps[-1][0]) if steps else "sample_weight"


def fresh(estimator):
    """The same model, not trained."""
    from sklearn.base import clone

    return clone(estimator)


def require_sklearn(adapter, distribution, oldest):
    """Versions into `adapter`; raises Unavailable where the library or scikit-learn is missing."""
    adapter["version"] = answer.require(distribution, distribution, oldest)
    answer.require("scikit-learn", "sklearn", "1.0")
    adapter["dependencies"] = answer.versions("scikit-learn", "pandas", "numpy", "scipy")


def as_trained(features, estimator):
    """The columns in the order that the trained model knows them in, where it has the same names."""
    names = list(getattr(estimator, "feature_names_in_", []))
    return features[names] if sorted(names) == sorted(features.columns) else features


def require_positive(estimator, positive):
    """Raises where the trained model's second class, whose probability counts, is not the table's positive one."""
    classes = [str(value) for value in getattr(estimator, "classes_", [])]
    if len(classes) != 2:
        raise ValueError("the model in the file is not trained, or has other than two classes: {}".format(classes))
    if classes[1] not in (positive, positive + ".0"):
        message = "the positive class is {}, and the second class of the model in the file is {}"
        raise ValueError(message.format(positive, classes[1]))
