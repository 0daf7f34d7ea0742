"""Wrappers around a framework's functions that cannot change what those do."""

import functools


def guarded(function):
    """Return None where the function fails. What stops a program (KeyboardInterrupt, SystemExit) is not held back."""

    @functools.wraps(function)
    def quiet(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except Exception:
            return None

    return quiet


def replace(owner, name, make):
    """Replace `owner.name`, where it exists and is not ours already, by `make(original)`.

    Of a class only what it defines itself is replaced, so that nothing is counted twice by inheritance.
    """
    original = vars(owner).get(name)
    if isinstance(original, functools.partialmethod):
        original = getattr(owner, name)
    if not callable(original) or hasattr(original, "_fairwatt"):
        return
    wrapper = functools.wraps(original)(make(original))
    wrapper._fairwatt = True
    setattr(owner, name, wrapper)


def before(owner, name, see):
    """Call `see` with the same arguments before `owner.name`."""
    see = guarded(see)

    def make(original):
        def wrapper(*args, **kwargs):
            see(*args, **kwargs)
            return original(*args, **kwargs)

        return wrapper

    replace(owner, name, make)


def after(owner, name, see):
    """Call `see` with the same arguments when `owner.name` has returned."""
    see = guarded(see)

    def make(original):
        def wrapper(*args, **kwargs):
            result = original(*args, **kwargs)
            see(*args, **kwargs)
            return result

        return wrapper

    replace(owner, name, make)


def during(owner, name, begin):
    """Around `owner.name`: `begin(*args)` may return a training, which ends with it however it ends."""
    begin = guarded(begin)

    def make(original):
        def wrapper(*args, **kwargs):
            training = begin(*args, **kwargs)
            try:
                return original(*args, **kwargs)
            finally:
                if training is not None:
                    training.end()

        return wrapper

    replace(owner, name, make)
