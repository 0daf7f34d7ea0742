"""scikit-learn's estimators that train step by step in Python: multi-layer perceptrons, boosting, `partial_fit`."""

import inspect

from ..numbers import rows_of
from ..training import begin, current
from ..wrapping import after, before, during, unseen, without_our_frame


def wrap(module):
    last = module.__name__.rsplit(".", 1)[1]
    if last == "_multilayer_perceptron":
        during(module.BaseMultilayerPerceptron, "_fit_stochastic", _fit_stochastic)
        before(module.BaseMultilayerPerceptron, "_update_no_improvement_count", _perceptron_epoch)
    elif last == "_gb":
        during(module.BaseGradientBoosting, "_fit_stages", _fit_stages, _add_monitor)
    elif last == "_weight_boosting":
        during(module.BaseWeightBoosting, "fit", _fit_adaboost)
        for name in ("AdaBoostClassifier", "AdaBoostRegressor"):
            after(getattr(module, name), "_boost", _adaboost_stage)
    elif last == "grower":
        after(module.TreeGrower, "grow", _tree_grown)
    elif last == "gradient_boosting":
        during(module.BaseHistGradientBoosting, "fit", _fit_histograms)
        for name in ("_check_early_stopping_loss", "_check_early_stopping_scorer"):
            after(module.BaseHistGradientBoosting, name, _histogram_scored)
    for each in list(vars(module).values()):
        if isinstance(each, type) and each.__module__ == module.__name__:
            before(each, "partial_fit", _partial_fit)


def _fit_stochastic(estimator, X=None, *args, incremental=False, **kwargs):
    # Its last argument; partial_fit is one pass over what may be a batch.
    if incremental or (args and args[-1] is True):
        return None
    training = begin("sklearn", total=estimator.max_iter, samples=rows_of(X), name=_name(estimator))
    return _of(training, estimator)


def _perceptron_epoch(estimator, *args, **kwargs):
    training = _training(estimator)
    if training is not None:
        metrics = {"loss": estimator.loss_curve_[-1]}
        training.epoch(len(estimator.loss_curve_), metrics)


def _fit_stages(estimator, *args, **kwargs):
    return begin("sklearn", total=estimator.n_estimators, name=_name(estimator))


def _add_monitor(original, training, args, kwargs):
    """The monitor of gradient boosting is called after each stage; the user's own still decides when to stop."""
    bound = inspect.signature(original).bind(*args, **kwargs)
    users = bound.arguments.get("monitor")
    training.samples = rows_of(bound.arguments.get("X"))
    bound.arguments["monitor"] = _monitor(training, users)
    return bound.args, bound.kwargs


def _monitor(training, users):
    def stage(index, estimator, env):
        training.epoch(index + 1, lambda: {"loss": estimator.train_score_[index]})
        if users is None:
            return False
        try:
            return users(index, estimator, env)
        except BaseException as error:
            without_our_frame(error)
            raise

    return unseen(stage)


def _fit_adaboost(estimator, X=None, *args, **kwargs):
    training = begin("sklearn", total=estimator.n_estimators, samples=rows_of(X), name=_name(estimator))
    return _of(training, estimator)


def _adaboost_stage(estimator, iboost, *args, **kwargs):
    training = _training(estimator)
    if training is not None:
        training.epoch(iboost + 1)


def _fit_histograms(estimator, X=None, *args, **kwargs):
    training = begin("sklearn", total=estimator.max_iter, samples=rows_of(X), name=_name(estimator))
    return _of(training, estimator)


def _tree_grown(grower):
    training = current("sklearn")
    estimator = training.state.get("estimator") if training is not None else None
    per_stage = getattr(estimator, "n_trees_per_iteration_", None)
    if per_stage is None:
        return
    trees = training.state["trees"] = training.state.get("trees", 0) + 1
    if trees % per_stage == 0 and not getattr(estimator, "do_early_stopping_", False):
        training.epoch(trees // per_stage)


def _histogram_scored(estimator, *args, **kwargs):
    training = _training(estimator)
    stage = training.state.get("trees", 0) // estimator.n_trees_per_iteration_ if training is not None else 0
    if stage > 0:  # Before the first stage it scores the baseline.
        training.epoch(stage, lambda: _scores(estimator))


def _scores(estimator):
    """With scoring "loss" the score is the negative loss."""
    is_loss = estimator.scoring == "loss"
    found = {}
    for name, scores in (("", estimator.train_score_), ("val_", getattr(estimator, "validation_score_", []))):
        if len(scores) > 0:
            found[name + ("loss" if is_loss else "score")] = -scores[-1] if is_loss else scores[-1]
    return found


def _partial_fit(estimator, *args, **kwargs):
    training = current()
    if training is None:
        training = begin("sklearn", name=_name(estimator), weak=True, at_call=False)
    if training is not None and training.source == "sklearn" and training.weak:
        calls = training.state["calls"] = training.state.get("calls", 0) + 1
        training.step(calls, name=_name(estimator) + ".partial_fit")


def _of(training, estimator):
    if training is not None:
        training.state["estimator"] = estimator
    return training


def _training(estimator):
    training = current("sklearn")
    return training if training is not None and training.state.get("estimator") is estimator else None


def _name(estimator):
    return type(estimator).__name__
