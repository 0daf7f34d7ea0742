"""PyTorch Lightning 1.9 and newer: what its loops tell callbacks."""

from ..numbers import rows_of
from ..training import begin, current
from ..wrapping import after, during


def wrap(module):
    if module.__name__.endswith(".call"):
        after(module, "_call_callback_hooks", _hook)
    else:
        during(module.Trainer, "_fit_impl", _fit)


def _fit(trainer, *args, **kwargs):
    if not getattr(trainer, "is_global_zero", True):
        return None
    return begin("lightning")


def _hook(trainer, hook_name, *args, monitoring_callbacks=None, **kwargs):
    if hook_name == "on_train_batch_end":
        training = current("lightning")
        if training is not None and args and isinstance(args[-1], int):
            most = training.state.get("most")
            training.batch(trainer.current_epoch, args[-1], _count(trainer.num_training_batches), most)
    elif hook_name == "on_train_start":
        training = current("lightning")
        if training is not None:
            most = _count(getattr(trainer, "max_steps", None))
            if most is None:
                training.total = _count(trainer.max_epochs)
            else:  # Steps of the optimizer, one for so many batches: it may end within an epoch.
                training.state["most"] = most * (_count(getattr(trainer, "accumulate_grad_batches", None)) or 1)
            training.samples = rows_of(getattr(getattr(trainer, "train_dataloader", None), "dataset", None))
    # It comes twice, first to the callbacks that do not look at metrics.
    elif hook_name == "on_train_epoch_end" and monitoring_callbacks is not False:
        training = current("lightning")
        if training is not None:
            training.epoch(trainer.current_epoch + 1, lambda: dict(trainer.callback_metrics))


def _count(value):
    """Lightning says -1, None or infinity where there is no end."""
    return int(value) if value is not None and 0 < value < float("inf") else None
