"""LightGBM: a boosting round is an epoch."""

import functools
import inspect

from ..training import begin
from ..wrapping import guarded, replace


def wrap(module):
    replace(module, "train", _train)


def _train(original):
    signature = inspect.signature(original)

    def train(*args, **kwargs):
        training = begin("lightgbm")
        if training is None:
            return original(*args, **kwargs)
        try:
            with_ours = _add_callback(signature, training, args, kwargs)
            args, kwargs = with_ours or (args, kwargs)
            return original(*args, **kwargs)
        finally:
            training.end()

    return train


@guarded
def _add_callback(signature, training, args, kwargs):
    bound = signature.bind(*args, **kwargs)
    bound.arguments["callbacks"] = [*(bound.arguments.get("callbacks") or []), _callback(training)]
    return bound.args, bound.kwargs


def _callback(training):
    @guarded
    def report(env):
        if "first" not in training.state:
            training.state["first"] = env.begin_iteration
            training.samples = env.model.train_set.num_data()
        first = training.state["first"]
        metrics = functools.partial(_metrics, env.evaluation_result_list)
        training.epoch(env.iteration - first + 1, metrics, total=env.end_iteration - first)

    # After the metrics were recorded (20), before early stopping (30) ends the training by an exception.
    report.order = 25
    return report


def _metrics(results):
    """{"valid_0-l2": 0.3} from [("valid_0", "l2", 0.3, False)]."""
    return {"{}-{}".format(result[0], result[1]): result[2] for result in results or []}
