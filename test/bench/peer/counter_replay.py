"""Replays a processor's energy counter through a peer's own reader: python counter_replay.py TOOL. Prints a JSON line for each trace.

Input (stdin): one JSON line for each trace, {"wrapsAt": microjoules, "steps": [{"at": seconds, "raw": microjoules or null}]}.
Each reading is written into the files of a powercap tree, and time is that of the trace: whoever sleeps wakes up at the first
reading after it. null becomes text that no reader can take for a number. Output: {"joules": ...}, with "stopped" where the
reader failed before the end, and how.
"""

import json
import logging
import os
import sys
import tempfile
import types

JOULES_PER_KWH = 3_600_000
# Files that are written a million times are not for a disk.
MEMORY = "/dev/shm" if os.path.isdir("/dev/shm") else None

logging.disable(logging.CRITICAL)


class Machine:
    """The counter and the clock of a trace."""

    def __init__(self, trace, root):
        self.steps = trace["steps"]
        self.range = trace["wrapsAt"]
        self.powercap = os.path.join(root, "powercap")
        self.zone = os.path.join(self.powercap, "intel-rapl:0")
        os.makedirs(self.zone)
        self.write("name", "package-0")
        self.write("max_energy_range_uj", self.range)
        self.index = 0
        self.show()

    def write(self, name, value):
        with open(os.path.join(self.zone, name), "w") as file:
            file.write(f"{value}\n")

    def show(self):
        raw = self.steps[self.index]["raw"]
        self.write("energy_uj", "unreadable" if raw is None else raw)

    @property
    def now(self):
        return self.steps[self.index]["at"]

    @property
    def ended(self):
        return self.index == len(self.steps) - 1

    def sleep(self, seconds):
        # Readings are about a second apart, some a little less.
        until = self.now + seconds - 0.05
        while not self.ended:
            self.index += 1
            if self.now >= until:
                break
        self.show()

    def finish(self):
        self.index = len(self.steps) - 1
        self.show()


def codecarbon(machine):
    from codecarbon.core.cpu import IntelRAPL
    from codecarbon.core.units import Time

    reader = IntelRAPL(rapl_dir=machine.powercap)
    if len(reader._rapl_files) != 1:
        raise SystemExit(f"CodeCarbon found {len(reader._rapl_files)} domains where there is one")
    reader.start()
    kwh = 0.0
    while not machine.ended:
        before = machine.now
        machine.sleep(1)
        details = reader.get_cpu_details(Time(seconds=machine.now - before))
        kwh += sum(value for name, value in details.items() if "Energy Delta" in name)
    return {"joules": kwh * JOULES_PER_KWH}


def zeus(machine):
    """One window around everything. The process that looks for wraps is a function here, on the clock of the trace."""
    from zeus.device.cpu import rapl

    wraps = types.SimpleNamespace(value=0, get_lock=tempfile.SpooledTemporaryFile)
    tracker = types.SimpleNamespace(get_num_wraparounds=lambda: wraps.value)

    def sleep(seconds):
        if machine.ended:
            raise KeyboardInterrupt  # How the process is ended.
        machine.sleep(seconds)

    rapl.time = types.SimpleNamespace(sleep=sleep)
    cpu = rapl.RAPLCPU(0, machine.powercap)
    cpu.rapl_file._wraparound_tracker = tracker
    begun = cpu.get_total_energy_consumption().cpu_mj
    stopped = None
    try:
        rapl._polling_process(cpu.rapl_file.energy_uj_path, machine.range, wraps)
    except Exception as error:
        # Nobody starts that process again: the count of wraps stays.
        stopped = f"{type(error).__name__} in the process that counts wraps"
    machine.finish()
    return {"joules": (cpu.get_total_energy_consumption().cpu_mj - begun) / 1000, "stopped": stopped}


def carbontracker(machine):
    """One epoch. A measurement takes a second, and a second passes until the next."""
    from carbontracker.components import component
    from carbontracker.components.cpu import intel

    intel.RAPL_DIR = machine.powercap
    intel.time = types.SimpleNamespace(sleep=machine.sleep)
    cpu = component.Component("cpu", pids=[], devices_by_pid=False, logger=logging.getLogger("replay"))
    if type(cpu.handler).__name__ != "IntelCPU":
        raise SystemExit("carbontracker did not find the counter")
    cpu.init()
    begun = machine.now
    stopped = None
    while not machine.ended:
        try:
            cpu.collect_power_usage(1)
        except Exception as error:
            # Its thread ends the training then: os._exit(70).
            stopped = f"{type(error).__name__}: it ends the training"
            break
        machine.sleep(1)
    seconds = machine.now - begun
    return {"joules": float(sum(cpu.energy_usage([seconds]))) * JOULES_PER_KWH, "stopped": stopped}


reader = {"codecarbon": codecarbon, "zeus": zeus, "carbontracker": carbontracker}[sys.argv[1]]
for line in sys.stdin:
    with tempfile.TemporaryDirectory(dir=MEMORY) as root:
        print(json.dumps(reader(Machine(json.loads(line), root))), flush=True)
