"""Comes before the user's own sitecustomize while a command is measured, and hands over to it.

`fairwatt run` puts this folder first on PYTHONPATH. Python imports `sitecustomize` at its start, so this file runs before the
user's code. It is kept to what any Python understands, because any Python may find it.
"""

import os
import sys


def _begin():
    if sys.version_info < (3, 8) or not os.environ.get("FAIRWATT_MARKS"):
        return
    try:
        import fairwatt_hooks

        fairwatt_hooks.install(os.environ["FAIRWATT_MARKS"])
    except Exception:  # Measuring must not change what the command does.
        pass


def _leave_path():
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry or ".") != here]


_begin()
_leave_path()
# From here on it is as if this file were not there: the next sitecustomize on the path takes its name, and where there is
# none, site is told so with the ImportError that it expects.
sys.modules.pop("sitecustomize", None)
import sitecustomize  # noqa: E402, F401
