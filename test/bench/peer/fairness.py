"""Times one fairness library on a table: python fairness.py LIBRARY TABLE METRICS REPLICATES. Prints seconds as JSON."""

import json
import sys
import time
import warnings

import pandas as pd

warnings.filterwarnings("ignore")
library, path, count, replicates = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
ATTRIBUTES = ["a", "b", "c"]
table = pd.read_csv(path, dtype={name: object for name in ATTRIBUTES})


def fairlearn():
    from fairlearn import metrics as fm
    from sklearn import metrics as sm

    functions = {
        "selection_rate": fm.selection_rate,
        "true_positive_rate": fm.true_positive_rate,
        "false_positive_rate": fm.false_positive_rate,
        "accuracy": sm.accuracy_score,
        "true_negative_rate": fm.true_negative_rate,
        "false_negative_rate": fm.false_negative_rate,
        "mean_prediction": fm.mean_prediction,
        "count": fm.count,
        "precision": sm.precision_score,
        "recall": sm.recall_score,
        "f1": sm.f1_score,
        "balanced_accuracy": sm.balanced_accuracy_score,
        "zero_one_loss": sm.zero_one_loss,
        "jaccard": sm.jaccard_score,
        "hamming": sm.hamming_loss,
        "matthews": sm.matthews_corrcoef,
        "kappa": sm.cohen_kappa_score,
        "mean_squared_error": sm.mean_squared_error,
        "mean_absolute_error": sm.mean_absolute_error,
        "fbeta": lambda y, p: sm.fbeta_score(y, p, beta=2),
    }
    chosen = dict(list(functions.items())[:count])
    more = {"n_boot": replicates, "ci_quantiles": [0.025, 0.975], "random_state": 1} if replicates else {}
    begun = time.perf_counter()
    frame = fm.MetricFrame(
        metrics=chosen, y_true=table["y"], y_pred=table["p"], sensitive_features=table[ATTRIBUTES], **more
    )
    frame.by_group, frame.overall, frame.difference(), frame.ratio()
    return time.perf_counter() - begun


def aif360():
    from aif360.datasets import BinaryLabelDataset
    from aif360.metrics import ClassificationMetric

    numbers = table[["y", "p"]].copy()
    for name in ATTRIBUTES:
        numbers[name] = table[name].astype("category").cat.codes.astype(float)
    names = ["selection_rate", "true_positive_rate", "false_positive_rate", "accuracy", "positive_predictive_value"]
    scalars = ["statistical_parity_difference", "disparate_impact", "equal_opportunity_difference", "average_odds_difference", "error_rate_difference"]
    begun = time.perf_counter()
    for name in ATTRIBUTES:
        truth = BinaryLabelDataset(
            df=numbers[["y", name]], label_names=["y"], protected_attribute_names=[name]
        )
        guess = truth.copy()
        guess.labels = numbers[["p"]].to_numpy(dtype=float)
        values = sorted(numbers[name].unique())
        metric = ClassificationMetric(
            truth, guess, unprivileged_groups=[{name: v} for v in values[1:]], privileged_groups=[{name: values[0]}]
        )
        for scalar in scalars[: max(2, count // 4)]:
            getattr(metric, scalar)()
        for rate in names[: max(2, count // 4)]:
            for privileged in (None, True, False):
                getattr(metric, rate)(privileged=privileged)
    return time.perf_counter() - begun


def aequitas():
    from aequitas.bias import Bias
    from aequitas.group import Group

    frame = table.rename(columns={"p": "score", "y": "label_value"})
    begun = time.perf_counter()
    counts, _ = Group().get_crosstabs(frame, attr_cols=ATTRIBUTES)
    Bias().get_disparity_major_group(counts, original_df=frame, check_significance=False)
    return time.perf_counter() - begun


print(json.dumps({"seconds": {"fairlearn": fairlearn, "aif360": aif360, "aequitas": aequitas}[library]()}))
