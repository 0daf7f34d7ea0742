"""Eco2AI's tracker as all benches start it."""

import os
import tempfile


def made_tracker(period=1):
    """Not started yet; reads each `period` seconds and writes to a folder of its own."""
    from eco2ai import Tracker

    return Tracker(
        project_name="bench",
        experiment_description="",
        file_name=os.path.join(tempfile.mkdtemp(), "emission.csv"),
        measure_period=period,
        alpha_2_code="FR",
        ignore_warnings=True,
    )
