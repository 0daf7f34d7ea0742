"""
Mitigates with a library of the interpreter that runs this: `python mitigation.py reweighing < request.json`.

The request comes on standard input and the answer goes to standard output, both one line of JSON. Writes to disk only the
model, where the request names a file for it. Under `fairwatt run` it marks its phases, so that their energy is known.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time

writes_bytecode = sys.dont_write_bytecode
sys.dont_write_bytecode = True  # Beside the files of Fairwatt's installation; the libraries' own may be cached.

from fairwatt_adapters import answer  # noqa: E402
from fairwatt_adapters.mitigation_table import MitigationTable  # noqa: E402

METHODS = {
    "reweighing": "fairwatt_adapters.reweighing",
    "exponentiated-gradient": "fairwatt_adapters.exponentiated_gradient",
    "threshold-optimizer": "fairwatt_adapters.threshold_optimizer",
}


def mark(name):
    """Says that a phase has ended, to whoever measures this process."""
    path = os.environ.get("FAIRWATT_MARKS")
    if not path:
        return
    record = {"type": "mark", "t": time.time(), "mono": time.monotonic(), "kind": "phase", "name": name}
    with open(path, "a", encoding="utf-8") as marks:
        marks.write(json.dumps(record) + "\n")


def main():
    stream = answer.claim_stdout()
    method = importlib.import_module(METHODS[sys.argv[1]])
    for request in answer.requests():
        table = MitigationTable(request)

        def work(adapter):
            sys.dont_write_bytecode = writes_bytecode
            result, model = method.mitigate(table, request, adapter, mark)
            if request.get("save"):
                import joblib

                joblib.dump(model, request["save"])
            result["test"] = table.test
            result["train"] = table.train
            return {"results": [result]}

        answer.respond(stream, method.LIBRARY, work)


if __name__ == "__main__":
    main()
