"""What a person can mend, in a sentence for them."""

from __future__ import annotations

import os
import traceback

LONGEST = 600
OWN = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Problem(Exception):
    """Its text is shown as it is."""


def short(text):
    """The text on one line, cut where it is long."""
    line = " ".join(str(text).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def raised(error):
    """ "ValueError: text (score.py, line 12)": what code of the user's raised, and where; nothing of these files."""
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if not os.path.abspath(frame.filename).startswith(OWN + os.sep)
    ]
    place = " ({}, line {})".format(frames[-1].filename, frames[-1].lineno) if frames else ""
    text = str(error)
    return short("{}{}{}".format(type(error).__name__, ": " + text if text else "", place))
