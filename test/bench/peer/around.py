"""A peer around a command, as its documentation shows: python around.py TOOL POWERCAP COMMAND...; ends as the command ends.

These have no program of their own that measures a command: a program imports them, begins, runs it, ends. POWERCAP: a folder like
/sys/class/powercap, for the peers that do nothing without an energy counter.
"""

import subprocess
import sys

TOOL, POWERCAP, *COMMAND = sys.argv[1:]


def zeus():
    from zeus.device.cpu import rapl
    from zeus.monitor import ZeusMonitor

    rapl.RAPL_DIR = POWERCAP
    monitor = ZeusMonitor(gpu_indices=[], cpu_indices=[0])
    monitor.begin_window("command", sync_execution=False)
    code = subprocess.call(COMMAND)
    monitor.end_window("command", sync_execution=False)
    return code


def carbontracker():
    from carbontracker import tracker
    from carbontracker.components.cpu import intel

    intel.RAPL_DIR = POWERCAP + "/"
    made = tracker.CarbonTracker(epochs=1, update_interval=1, components="cpu", verbose=0, ignore_errors=True)
    made.epoch_start()
    code = subprocess.call(COMMAND)
    made.epoch_end()
    made.stop()
    return code


def eco2ai():
    from eco2ai_tracker import made_tracker

    made = made_tracker()
    made.start()
    code = subprocess.call(COMMAND)
    made.stop()
    return code


if __name__ == "__main__":
    sys.exit({"zeus": zeus, "carbontracker": carbontracker, "eco2ai": eco2ai}[TOOL]())
