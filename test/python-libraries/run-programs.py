"""Runs each of the programs that are named in one process, where importing takes long only once; what they print, as JSON.

run-programs.py FOLDER_OF_PACKAGES PROGRAM...: packages that this Python has not come from that folder.
"""

import contextlib
import io
import json
import runpy
import sys
import traceback
import warnings

warnings.simplefilter("ignore")
shown = {}
sys.path.append(sys.argv[1])
for program in sys.argv[2:]:
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            runpy.run_path(program, run_name="__main__")
        shown[program] = {"out": out.getvalue()}
    except Exception:
        shown[program] = {"out": out.getvalue(), "error": traceback.format_exc()}
print(json.dumps(shown))
