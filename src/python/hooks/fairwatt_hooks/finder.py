"""Notices the import of a framework, and wraps what was imported before anybody else sees it."""

import sys

# Module of the framework -> module here that has its `wrap(module)`. In the module named, not in the package: it is loaded
# when the package is, and before others have copied its functions by `from ... import`.
WATCHED = {
    "keras.src.callbacks.callback_list": "keras",  # Keras 3
    "keras.src.callbacks": "keras",  # 2.13 to 2.15
    "keras.callbacks": "keras",  # to 2.12
    "tf_keras.src.callbacks": "keras",
    "keras.src.backend.jax.trainer": "keras",
    "keras.src.backend.tensorflow.trainer": "keras",
    "keras.src.backend.torch.trainer": "keras",
    "keras.src.engine.training": "keras",
    "keras.engine.training": "keras",
    "tf_keras.src.engine.training": "keras",
    "lightning.pytorch.trainer.call": "lightning",
    "lightning.pytorch.trainer.trainer": "lightning",
    "pytorch_lightning.trainer.call": "lightning",
    "pytorch_lightning.trainer.trainer": "lightning",
    "transformers.trainer_callback": "transformers",
    "transformers.trainer": "transformers",
    "xgboost.callback": "xgboost",
    "xgboost.training": "xgboost",
    "lightgbm.engine": "lightgbm",
    "sklearn.neural_network._multilayer_perceptron": "sklearn",
    "sklearn.ensemble._gb": "sklearn",
    "sklearn.ensemble._weight_boosting": "sklearn",
    "sklearn.ensemble._hist_gradient_boosting.grower": "sklearn",
    "sklearn.ensemble._hist_gradient_boosting.gradient_boosting": "sklearn",
    "sklearn.linear_model._stochastic_gradient": "sklearn",
    "sklearn.linear_model._passive_aggressive": "sklearn",
    "sklearn.cluster._kmeans": "sklearn",
    "sklearn.decomposition._incremental_pca": "sklearn",
    "sklearn.decomposition._lda": "sklearn",
    "sklearn.neural_network._rbm": "sklearn",
    "sklearn.naive_bayes": "sklearn",
    "tqdm.std": "tqdm",
}


class Finder:
    """Finds nothing itself: asks the finders behind it, and looks at what they found."""

    def find_spec(self, name, path=None, target=None):
        if name not in WATCHED:
            return None
        for finder in list(sys.meta_path):
            find = getattr(finder, "find_spec", None)
            if finder is self or find is None:
                continue
            spec = find(name, path, target)
            if spec is not None:
                try:
                    _wrap_when_executed(spec)
                except Exception:
                    pass
                return spec
        return None


def _wrap_when_executed(spec):
    """Put a step behind the execution of this one module; its loader stays what it is."""
    from .wrapping import unseen, without_our_frame

    loader = spec.loader
    execute = loader.exec_module

    @unseen
    def exec_module(module):
        own = getattr(getattr(module, "__spec__", None), "name", None) == spec.name
        if own and vars(loader).get("exec_module") is exec_module:
            del loader.exec_module
        try:
            execute(module)
        except BaseException as error:
            without_our_frame(error)
            raise
        if own:
            _wrap(module)

    loader.exec_module = exec_module


def _wrap(module):
    try:
        import importlib

        hook = importlib.import_module(".frameworks." + WATCHED[module.__name__], __package__)
        hook.wrap(module)
    except Exception:
        pass
