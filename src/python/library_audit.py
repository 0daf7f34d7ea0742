"""
Audits tables with a fairness library of the interpreter that runs this: `python library_audit.py fairlearn < requests`.

Each line of standard input is a request and each line of standard output its answer, both JSON objects; nothing is written
to disk. One adapter per library, in fairwatt_adapters.
"""

from __future__ import annotations

import importlib
import sys

writes_bytecode = sys.dont_write_bytecode
sys.dont_write_bytecode = True  # Beside the files of Fairwatt's installation; the libraries' own may be cached.

from fairwatt_adapters import answer  # noqa: E402

ADAPTERS = {
    "fairlearn": "fairwatt_adapters.fairlearn_audit",
    "aif360": "fairwatt_adapters.aif360_audit",
    "aequitas": "fairwatt_adapters.aequitas_audit",
}


def main():
    stream = answer.claim_stdout()
    library = sys.argv[1]
    adapter_module = importlib.import_module(ADAPTERS[library])
    sys.dont_write_bytecode = writes_bytecode
    for request in answer.requests():
        answer.respond(stream, library, lambda adapter: adapter_module.audit(request, adapter))


if __name__ == "__main__":
    main()
