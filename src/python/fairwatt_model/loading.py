"""From a model's file, or from "module:function", to what gives scores. Either runs code of the user's: they were asked."""

from __future__ import annotations

import importlib
import os
import sys
import warnings

from .problem import Problem, raised, short
from .scorer import Estimator, Function

NOTES = 2


def load(request):
    """A scorer and notes on how it was loaded. `folders` of the request are where the user's modules are looked for."""
    for folder in reversed(request["folders"]):
        if folder not in sys.path:
            sys.path.insert(0, folder)
    with warnings.catch_warnings(record=True) as caught:
        # What is meant for people: another version of scikit-learn than the one that wrote the file.
        warnings.simplefilter("ignore")
        warnings.simplefilter("default", UserWarning)
        model, name = _from_file(request["file"]) if "file" in request else _from_module(request)
    notes = list(dict.fromkeys(short(str(warning.message).split(". ")[0]) for warning in caught))[:NOTES]
    if any(callable(getattr(model, method, None)) for method in ("predict_proba", "decision_function", "predict")):
        return Estimator(model, name, request["positive"], request["negative"]), notes
    if callable(model):
        return Function(model, name), notes
    message = (
        "{} holds a {}, which cannot predict; name a function that gives scores with it, as module:function"
    )
    raise Problem(message.format(name, type(model).__name__))


def _from_file(path):
    name = os.path.basename(path)
    if not os.path.isfile(path):
        raise Problem("there is no file {}".format(path))
    try:
        return _unpickled(path), name
    except Problem:
        raise
    except ModuleNotFoundError as error:
        raise _missing(name, error)
    except AttributeError as error:
        if "__main__" in str(error):
            message = "{} needs what the script that wrote it defines itself ({}); move that into a module, or name a function, as module:function"
            raise Problem(message.format(name, short(error)))
        raise Problem("{} could not be loaded: {}".format(name, raised(error)))
    except Exception as error:  # noqa: BLE001 a file can hold anything
        raise Problem("{} could not be loaded: {}".format(name, raised(error)))


def _unpickled(path):
    try:
        import joblib
    except ModuleNotFoundError:
        if path.endswith(".joblib"):
            message = "joblib, which comes with scikit-learn, is not installed in {}; install it there, or choose another interpreter"
            raise Problem(message.format(sys.executable))
        import pickle

        with open(path, "rb") as file:
            return pickle.load(file)
    return joblib.load(path)


def _from_module(request):
    module, function = request["module"], request["function"]
    try:
        found = importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name is not None and (module == error.name or module.startswith(error.name + ".")):
            message = "there is no module {} in {}"
            raise Problem(message.format(module, " or ".join(request["folders"])))
        raise _missing(module, error)
    except SystemExit:
        message = "{} ended Python while it was imported; put what it runs below if __name__ == \"__main__\""
        raise Problem(message.format(module))
    except Exception as error:  # noqa: BLE001 the user's code
        raise Problem("{} could not be imported: {}".format(module, raised(error)))
    try:
        return getattr(found, function), "{}:{}".format(module, function)
    except AttributeError:
        raise Problem("the module {} has no {}".format(module, function))


DISTRIBUTIONS = {"sklearn": "scikit-learn"}


def _missing(name, error):
    module = (error.name or str(error)).split(".")[0]
    message = "{} needs {}, which is not installed in {}; install it there, or choose another interpreter"
    return Problem(message.format(name, DISTRIBUTIONS.get(module, module), sys.executable))
