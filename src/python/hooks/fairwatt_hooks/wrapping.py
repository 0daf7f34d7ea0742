"""Wrappers around a framework's functions that cannot change what those do, and that nobody sees in a traceback."""

import functools

# Python's own name for frames of its import system. `warnings` does not count such frames, so that a warning is still about
# the line that its author meant, and debuggers do not stop in them.
UNSEEN = "<frozen importlib._bootstrap>"


def guarded(function):
    """Return None where the function fails. What stops a program (KeyboardInterrupt, SystemExit) is not held back."""

    @functools.wraps(function)
    def quiet(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except Exception:
            return None

    return quiet


def unseen(function):
    """Make a function of ours one whose frames are counted by nobody."""
    function.__code__ = function.__code__.replace(co_filename=UNSEEN)
    return function


def without_our_frame(error):
    """Take the frame that handles `error` out of its traceback, before it says `raise`.

    Python 3.11 and newer raise again what the exception holds; older ones what was caught, in which our frame stays.
    """
    traceback = error.__traceback__
    if traceback is not None and traceback.tb_frame.f_code.co_filename == UNSEEN:
        # Not by assignment: an exception may be a frozen dataclass.
        BaseException.with_traceback(error, traceback.tb_next)


def replace(owner, name, make):
    """Replace `owner.name`, where it exists and is not ours already, by `make(original)`.

    Of a class only what it defines itself is replaced, so that nothing is counted twice by inheritance.
    """
    original = vars(owner).get(name)
    if isinstance(original, functools.partialmethod):
        original = getattr(owner, name)
    if not callable(original) or hasattr(original, "_fairwatt"):
        return
    wrapper = functools.wraps(original)(unseen(make(original)))
    wrapper._fairwatt = True
    setattr(owner, name, wrapper)


def before(owner, name, see):
    """Call `see` with the same arguments before `owner.name`."""
    see = guarded(see)

    def make(original):
        def wrapper(*args, **kwargs):
            see(*args, **kwargs)
            try:
                return original(*args, **kwargs)
            except BaseException as error:
                without_our_frame(error)
                raise

        return wrapper

    replace(owner, name, make)


def after(owner, name, see):
    """Call `see` with the same arguments when `owner.name` has returned."""
    see = guarded(see)

    def make(original):
        def wrapper(*args, **kwargs):
            try:
                result = original(*args, **kwargs)
            except BaseException as error:
                without_our_frame(error)
                raise
            see(*args, **kwargs)
            return result

        return wrapper

    replace(owner, name, make)


def during(owner, name, begin, change=None):
    """Around `owner.name`: `begin(*args)` may return a training, which ends with it however it ends.

    change: `change(original, training, args, kwargs)` may return the (args, kwargs) that it is called with in their place.
    """
    begin = guarded(begin)
    change = guarded(change) if change is not None else None

    def make(original):
        def wrapper(*args, **kwargs):
            training = begin(*args, **kwargs)
            if training is not None and change is not None:
                args, kwargs = change(original, training, args, kwargs) or (args, kwargs)
            try:
                return original(*args, **kwargs)
            except BaseException as error:
                without_our_frame(error)
                raise
            finally:
                if training is not None:
                    training.end()

        return wrapper

    replace(owner, name, make)
