"""What a peer takes for the program's own CPU time: python process_tree.py TOOL KIND TOLD (see ../processes.py).

Prints {"attributed": ..., "truth": ...}, CPU seconds while the peer measured, its own among them. Both peers turn a share of the
processors' time into energy by a power that is given here: the share is had back from the energy.
"""

import json
import logging
import os
import resource
import sys
import warnings

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import processes  # noqa: E402

TOOL, KIND, TOLD = sys.argv[1:]
WATTS = 100.0
JOULES_PER_KWH = 3.6e6


def so_far():
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)


def codecarbon():
    from codecarbon import OfflineEmissionsTracker

    tracker = OfflineEmissionsTracker(
        measure_power_secs=1,
        country_iso_code="FRA",
        save_to_file=False,
        log_level="error",
        tracking_mode="process",
        force_cpu_power=WATTS,
        force_mode_cpu_load=True,
    )
    tracker.start()
    before = so_far()
    truth = processes.run(KIND, TOLD) - before
    tracker.stop()
    return tracker.final_emissions_data.cpu_energy, truth


def eco2ai():
    import psutil
    from eco2ai_tracker import made_tracker

    tracker = made_tracker()
    tracker.start()
    cpu = tracker._cpu
    real, energies = cpu.calculate_consumption, []

    def kept():
        energies.append(real())
        return energies[-1]

    cpu.calculate_consumption = kept
    before = so_far()
    truth = processes.run(KIND, TOLD) - before
    cpu.calculate_consumption()
    # Its own table of processors and number of sockets stand in the place of the power.
    return sum(energies) * WATTS / (cpu._tdp * cpu._cpu_num), truth


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    warnings.filterwarnings("ignore")
    energy, truth = {"codecarbon": codecarbon, "eco2ai": eco2ai}[TOOL]()
    print(json.dumps({"attributed": energy * JOULES_PER_KWH / WATTS * os.cpu_count(), "truth": truth}), flush=True)
    os._exit(0)
