"""A peer at work in a process of its own: python live.py TOOL PERIOD POWERCAP. What the process uses is its overhead.

PERIOD: seconds between readings that the peer is asked for. POWERCAP: a folder like /sys/class/powercap, for the peers that do
nothing without an energy counter. It says "measuring" when it does, goes on until its input ends, and then prints
{"readings": ..., "seconds": ...}: how often it came to read.
"""

import json
import logging
import os
import select
import sys
import time
import warnings

TOOL, PERIOD, POWERCAP = sys.argv[1], float(sys.argv[2]), sys.argv[3]
begun = 0.0


def counted(owner, name):
    """Counts the calls of a method."""
    real = getattr(owner, name)
    calls = [0]

    def call(*args, **more):
        calls[0] += 1
        return real(*args, **more)

    setattr(owner, name, call)
    return lambda: calls[0]


def measuring():
    global begun
    begun = time.monotonic()
    print("measuring", flush=True)


def codecarbon():
    from codecarbon import OfflineEmissionsTracker

    tracker = OfflineEmissionsTracker(
        measure_power_secs=PERIOD, country_iso_code="FRA", save_to_file=False, log_level="error"
    )
    count = counted(tracker, "_do_measurements")
    tracker.start()
    measuring()
    sys.stdin.read()
    return count()


def zeus():
    from zeus.device.cpu import rapl
    from zeus.monitor import ZeusMonitor

    rapl.RAPL_DIR = POWERCAP
    monitor = ZeusMonitor(gpu_indices=[], cpu_indices=[0])
    measuring()
    count = 0
    ended = False
    while not ended:
        monitor.begin_window("reading", sync_execution=False)
        ended = bool(select.select([sys.stdin], [], [], PERIOD)[0])
        monitor.end_window("reading", sync_execution=False)
        count += 1
    # It ends with the process otherwise, and this one ends at once.
    monitor.cpus.cpus[0].rapl_file.wraparound_tracker._stop()
    return count


def carbontracker():
    from carbontracker import tracker
    from carbontracker.components.cpu import intel

    intel.RAPL_DIR = POWERCAP + "/"
    made = tracker.CarbonTracker(epochs=1, update_interval=PERIOD, components="cpu", verbose=0, ignore_errors=True)
    count = counted(made.tracker, "_collect_measurements")
    made.epoch_start()
    measuring()
    sys.stdin.read()
    return count()


def eco2ai():
    from eco2ai_tracker import made_tracker

    made = made_tracker(PERIOD)
    count = counted(made, "_write_to_csv")
    made.start()
    measuring()
    sys.stdin.read()
    return count()


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    warnings.filterwarnings("ignore")
    readings = {"codecarbon": codecarbon, "zeus": zeus, "carbontracker": carbontracker, "eco2ai": eco2ai}[TOOL]()
    print(json.dumps({"readings": readings, "seconds": time.monotonic() - begun}), flush=True)
    # Nothing is written at the end: what a tracker does then is no part of its overhead while it measures.
    os._exit(0)
