"""LightGBM: a boosting round is an epoch."""

import functools
import inspect

from ..training import begin
from ..wrapping import during, guarded


def wrap(module):
    during(module, "train", _train, _add_callback)


def _train(*args, **kwargs):
    return begin("lightgbm")


def _add_callback(original, training, args, kwargs):
    bound = inspect.signature(original).bind(*args, **kwargs)
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
