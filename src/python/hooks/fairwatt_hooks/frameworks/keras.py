"""Keras 2 and 3, tf.keras among them: what `fit` tells its callbacks."""

from ..numbers import rows_of
from ..training import begin, current
from ..wrapping import after, before, during


def wrap(module):
    callbacks = getattr(module, "CallbackList", None)
    if callbacks is not None and module.__name__.endswith(("callback_list", "callbacks")):
        before(callbacks, "on_train_begin", _train_begin)
        before(callbacks, "on_epoch_begin", _epoch_begin)
        after(callbacks, "on_epoch_end", _epoch_end)
        after(callbacks, "on_train_batch_end", _batch_end)
        after(callbacks, "on_train_end", _train_end)
        return
    for name in ("JAXTrainer", "TensorFlowTrainer", "TorchTrainer", "Model"):
        trainer = getattr(module, name, None)
        if isinstance(trainer, type) and trainer.__module__ == module.__name__:
            during(trainer, "fit", _fit)


def _fit(model, x=None, *args, **kwargs):
    training = begin("keras", samples=rows_of(x))
    if training is not None:
        split = kwargs.get("validation_split") or 0
        # A data set or a generator has as many elements as batches.
        is_table = getattr(x, "shape", None) is not None
        training.samples = round(training.samples * (1 - split)) if is_table and training.samples else None
        training.state["fit"] = True
    return training


def _train_begin(callbacks, logs=None):
    params = getattr(callbacks, "params", None) or {}
    training = current("keras") or begin("keras")
    if training is not None and "callbacks" not in training.state:
        training.state["callbacks"] = id(callbacks)
        training.total = params.get("epochs")
        training.state["steps"] = params.get("steps")


def _of(callbacks):
    training = current("keras")
    return training if training is not None and training.state.get("callbacks") == id(callbacks) else None


def _epoch_begin(callbacks, epoch, logs=None):
    training = _of(callbacks)
    if training is not None:
        training.state["epochs"] = epoch


def _epoch_end(callbacks, epoch, logs=None):
    training = _of(callbacks)
    if training is not None:
        training.epoch(epoch + 1, logs)


def _batch_end(callbacks, batch, logs=None):
    training = _of(callbacks)
    if training is not None:
        training.batch(training.state.get("epochs", 0), batch, training.state.get("steps"))


def _train_end(callbacks, logs=None):
    training = _of(callbacks)
    if training is not None and "fit" not in training.state:
        training.end()
