"""Replays a GPU through what a peer reads of it by NVML: python gpu_replay.py TOOL. Prints {"joules": ...} for each trace,
or null with the error that it "stopped" with.

Input (stdin): one JSON line for each trace, {"every": seconds, "watts": [...], "counter": true or false}: power in each stretch
of so many seconds, and whether the GPU has an energy counter. NVML is the peer's own pynvml with a GPU that plays the trace
in place of the driver; time is that of the trace, and every peer measures as often as it does when nobody tells it otherwise,
once a second where it can be told.
"""

import itertools
import json
import logging
import sys
import types
import warnings

import pynvml

JOULES_PER_KWH = 3_600_000
# NVML brings the counter up to date about this often, s.
REFRESH = 0.1

logging.disable(logging.CRITICAL)
warnings.filterwarnings("ignore")


class Gpu:
    def __init__(self, trace):
        self.every, self.watts, self.counter = trace["every"], trace["watts"], trace["counter"]
        self.sums = [0.0, *itertools.accumulate(watts * self.every for watts in self.watts)]
        self.now = 0.0
        self.length = len(self.watts) * self.every

    def sleep(self, seconds):
        self.now = min(self.length, self.now + seconds)

    @property
    def ended(self):
        return self.now >= self.length - 1e-9

    def milliwatts(self, _handle):
        return int(1000 * self.watts[min(len(self.watts) - 1, int(self.now / self.every + 1e-6))])

    def millijoules(self, _handle):
        if not self.counter:
            raise pynvml.NVMLError(pynvml.NVML_ERROR_NOT_SUPPORTED)
        at = int(self.now / REFRESH + 1e-6) * REFRESH
        return int(1000 * self.sums[min(len(self.watts), round(at / self.every))])

    def replace_driver(self):
        answers = {
            "nvmlInit": None,
            "nvmlShutdown": None,
            "nvmlSystemGetDriverVersion": "580.95.05",
            "nvmlDeviceGetCount": 1,
            "nvmlDeviceGetHandleByIndex": "gpu",
            "nvmlDeviceGetName": "NVIDIA A100",
            "nvmlDeviceGetUUID": "GPU-1",
            "nvmlDeviceGetEnforcedPowerLimit": 400_000,
            "nvmlDeviceGetPowerManagementLimit": 400_000,
            "nvmlDeviceGetArchitecture": pynvml.NVML_DEVICE_ARCH_AMPERE,
        }
        for name, answer in answers.items():
            setattr(pynvml, name, lambda *_, answer=answer: answer)
        pynvml.nvmlDeviceGetMemoryInfo = lambda _: types.SimpleNamespace(total=8e10, free=8e10, used=0)
        pynvml.nvmlDeviceGetUtilizationRates = lambda _: types.SimpleNamespace(gpu=50, memory=50)
        pynvml.nvmlDeviceGetPowerUsage = self.milliwatts
        pynvml.nvmlDeviceGetTotalEnergyConsumption = self.millijoules


def codecarbon(gpu):
    from codecarbon.core.gpu_nvidia import NvidiaGPUDevice
    from codecarbon.core.units import Time

    device = NvidiaGPUDevice(handle="gpu", gpu_index=0)
    device.start()
    kwh = 0.0
    while not gpu.ended:
        before = gpu.now
        gpu.sleep(1)
        kwh += device.delta(Time(seconds=gpu.now - before))["delta_energy_consumption"].kWh
    return kwh * JOULES_PER_KWH


def zeus(gpu):
    """The energy of a window around everything. Whether there is a counter, it tells by the architecture."""
    from zeus.device.gpu.nvidia import NVIDIAGPU

    device = NVIDIAGPU(0)
    begun = device.get_total_energy_consumption()
    gpu.sleep(gpu.length)
    return (device.get_total_energy_consumption() - begun) / 1000


def carbontracker(gpu):
    from carbontracker.components import component

    part = component.Component("gpu", pids=[], devices_by_pid=False, logger=logging.getLogger("replay"))
    part.init()
    while not gpu.ended:
        part.collect_power_usage(1)
        gpu.sleep(1)
    return float(sum(part.energy_usage([gpu.length]))) * JOULES_PER_KWH


def eco2ai(gpu):
    from eco2ai.tools import tools_gpu

    tools_gpu.time = types.SimpleNamespace(time=lambda: gpu.now)
    device = tools_gpu.GPU(ignore_warnings=True)
    while not gpu.ended:
        gpu.sleep(10)
        device.calculate_consumption()
    return device.get_consumption() * JOULES_PER_KWH


reader = {"codecarbon": codecarbon, "zeus": zeus, "carbontracker": carbontracker, "eco2ai": eco2ai}[sys.argv[1]]
for line in sys.stdin:
    played = Gpu(json.loads(line))
    played.replace_driver()
    try:
        print(json.dumps({"joules": reader(played)}), flush=True)
    except Exception as error:
        print(json.dumps({"joules": None, "stopped": type(error).__name__}), flush=True)
