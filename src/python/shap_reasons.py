"""
Contributions of features to a model's scores, by SHAP of the interpreter that runs this: `python shap_reasons.py < request`.

The request comes on standard input and the answer goes to standard output, both one line of JSON; nothing is written to disk.
"""

from __future__ import annotations

import sys

writes_bytecode = sys.dont_write_bytecode
sys.dont_write_bytecode = True  # Beside the files of Fairwatt's installation; the user's own may be cached.

from fairwatt_adapters import answer, shap_values  # noqa: E402


def main():
    stream = answer.claim_stdout()
    # Modules of the user's may have the names of those beside this file.
    sys.path.pop(0)
    sys.dont_write_bytecode = writes_bytecode
    for request in answer.requests():
        answer.respond(stream, "shap", lambda adapter: shap_values.explain(request, adapter))


if __name__ == "__main__":
    main()
