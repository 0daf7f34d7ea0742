"""Hugging Face's Trainer: what it tells its callbacks."""

import math

from ..numbers import rows_of
from ..training import begin, current
from ..wrapping import before, during


def wrap(module):
    if module.__name__ == "transformers.trainer":
        during(module.Trainer, "train", _train)
        return
    handler = module.CallbackHandler
    before(handler, "on_train_begin", _train_begin)
    before(handler, "on_epoch_end", _epoch_end)
    before(handler, "on_step_end", _step_end)
    before(handler, "on_log", _log)
    before(handler, "on_evaluate", _evaluate)
    before(handler, "on_train_end", _train_end)


def _train(trainer, *args, **kwargs):
    zero = getattr(trainer, "is_world_process_zero", None)
    if callable(zero) and not zero():
        return None
    training = begin("transformers")
    if training is not None:
        training.state["train"] = True
    return training


def _train_begin(handler, args, state, control):
    if not getattr(state, "is_world_process_zero", True):
        return
    training = current("transformers") or begin("transformers")
    if training is not None:
        epochs = getattr(state, "num_train_epochs", None) or getattr(args, "num_train_epochs", None)
        # A training of so many steps may end within an epoch.
        of_epochs = epochs and epochs < 1e6 and not (getattr(args, "max_steps", None) or 0) > 0
        training.total = math.ceil(epochs) if of_epochs else None
        training.samples = rows_of(getattr(getattr(handler, "train_dataloader", None), "dataset", None))


def _epoch_end(handler, args, state, control):
    training = current("transformers")
    if training is not None:
        training.epoch(_epoch(state), dict(training.state.get("logs", {})))


def _step_end(handler, args, state, control):
    training = current("transformers")
    if training is not None:
        training.step(state.global_step, total=getattr(state, "max_steps", None) or None)


def _log(handler, args, state, control, logs=None, **kwargs):
    training = current("transformers")
    if training is not None and logs:
        training.state["logs"] = {name: value for name, value in logs.items() if name not in ("epoch", "total_flos")}


def _evaluate(handler, args, state, control, metrics=None, **kwargs):
    training = current("transformers")
    if training is not None:
        # Evaluation comes after the epoch's end.
        training.metric(_epoch(state), {name: value for name, value in (metrics or {}).items() if name != "epoch"})


def _train_end(handler, args, state, control):
    training = current("transformers")
    if training is not None and "train" not in training.state:
        training.end()


def _epoch(state):
    return max(1, round(state.epoch or 0))
