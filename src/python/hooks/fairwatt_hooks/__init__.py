"""Reports epochs, steps, loss and metrics of a measured training to Fairwatt, without a line in the user's code.

Nothing here imports a framework. A finder in front of `sys.meta_path` notices when the user's code imports one and then puts
wrappers around the few functions that are called once for each epoch or step. Every wrapper is guarded: what goes wrong in it
is dropped, and the framework goes on.
"""

import sys

#: Where marks go; "" while imports are not watched.
marks_path = ""


def install(path):
    """Watch imports; marks go to the file `path`. A second call does nothing."""
    global marks_path
    if marks_path:
        return
    # Every Python of the command runs this: nothing more is loaded before a framework is.
    from .finder import Finder

    marks_path = path
    sys.meta_path.insert(0, Finder())
