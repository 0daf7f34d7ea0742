"""XGBoost 1.3 and newer: a boosting round is an epoch."""

import functools

from ..training import begin, current
from ..wrapping import after, during


def wrap(module):
    if module.__name__ == "xgboost.training":
        during(module, "train", _train)
    else:
        after(module.CallbackContainer, "after_iteration", _round)


def _train(params=None, dtrain=None, num_boost_round=10, *args, **kwargs):
    rows = getattr(dtrain, "num_row", None)
    return begin("xgboost", total=num_boost_round, samples=rows() if callable(rows) else None)


def _round(container, model, epoch, *args, **kwargs):
    training = current("xgboost")
    if training is not None and not getattr(container, "is_cv", False):
        first = training.state.setdefault("first", epoch)  # A model that is trained further does not begin at 0.
        training.epoch(epoch - first + 1, functools.partial(_metrics, container.history))


def _metrics(history):
    """{"validation_0-logloss": 0.3} from {"validation_0": {"logloss": [0.5, 0.3]}}."""
    return {
        "{}-{}".format(data, metric): values[-1]
        for data, metrics in history.items()
        for metric, values in metrics.items()
        if values
    }
