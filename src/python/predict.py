"""
Predicts with a model of the user's, in the interpreter that runs this: `python predict.py`.

Each line of standard input is a request and each line of standard output its answer, JSON objects with the same `id`. The
model stays loaded until standard input ends; then this process ends, whatever it is doing. Nothing is written to disk.
"""

from __future__ import annotations

import json
import os
import platform
import queue
import sys
import threading
import traceback

writes_bytecode = sys.dont_write_bytecode
sys.dont_write_bytecode = True  # Beside the files of Fairwatt's installation; the user's own may be cached.

from fairwatt_adapters import answer  # noqa: E402
from fairwatt_model import loading  # noqa: E402
from fairwatt_model.problem import Problem, raised  # noqa: E402
from fairwatt_model.rows import Rows  # noqa: E402
from fairwatt_model.scores import checked  # noqa: E402


def claim_stdin():
    """A queue of the requests; the model's code reads nothing of them. Ends the process when there can be no more."""
    source = os.fdopen(os.dup(0), "rb")
    empty = os.open(os.devnull, os.O_RDONLY)
    os.dup2(empty, 0)
    os.close(empty)
    sys.stdin = open(os.devnull, encoding="utf-8")
    requests = queue.Queue()

    def read():
        for line in source:
            requests.put(line)
        os._exit(0)

    threading.Thread(target=read, daemon=True).start()
    return requests


class Session:
    """The model that is loaded, and rows that are asked for again and again."""

    def __init__(self):
        self.scorer = None
        self.held = None

    def load(self, request):
        scorer, notes = loading.load(request)
        if scorer.columns is not None:
            lacking = [name for name in scorer.columns if name not in request["columns"]]
            if lacking:
                message = "the model expects the columns {}; the table has no {}"
                raise Problem(message.format(", ".join(scorer.columns), ", ".join(lacking)))
        self.scorer = scorer
        return {
            "what": scorer.what,
            "method": scorer.method,
            "columns": scorer.columns,
            "positive": scorer.positive,
            "python": platform.python_version(),
            "executable": sys.executable,
            "notes": scorer.notes + notes,
        }

    def hold(self, request):
        self.held = Rows(request["columns"], self.scorer.needs_frame)
        return {"rows": self.held.count}

    def predict(self, request):
        """Of the rows in the request; or of those held, all with one value of one column where `change` names it."""
        rows = Rows(request["columns"], self.scorer.needs_frame) if "columns" in request else self.held
        try:
            result = self.scorer.scores(rows.given(request.get("change")))
        except SystemExit:
            raise Problem("the model tried to end Python instead of giving scores")
        except Exception as error:  # noqa: BLE001 the user's code
            traceback.print_exc()
            raise Problem("the model could not predict: {}".format(raised(error)))
        return {"scores": checked(result, rows.count)}


def main():
    stream = answer.claim_stdout()
    requests = claim_stdin()
    # Modules of the user's may have the names of those beside this file.
    sys.path.pop(0)
    sys.dont_write_bytecode = writes_bytecode
    session = Session()
    work = {"load": session.load, "hold": session.hold, "predict": session.predict}
    while True:
        request = json.loads(requests.get().decode("utf-8"))
        reply = {"id": request["id"]}
        try:
            reply["answer"] = work[request["do"]](request)
        except Problem as problem:
            reply["problem"] = str(problem)
        except MemoryError:
            reply["problem"] = "the memory did not suffice"
        except BaseException as error:  # noqa: BLE001 whatever the user's code does, the next request is answered
            traceback.print_exc()
            reply["problem"] = raised(error)
        stream.write(json.dumps(reply) + "\n")
        stream.flush()


if __name__ == "__main__":
    main()
