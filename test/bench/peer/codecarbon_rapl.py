"""Replays counter readings through CodeCarbon's own RAPL reader and prints the joules it counts, one line for each trace.

Input (stdin): one JSON line for each trace, {"wrapsAt": microjoules, "steps": [{"at": seconds, "raw": microjoules or null}]}.
Each reading is written into the files of a powercap tree; null becomes text that no reader can take for a number.
"""

import json
import logging
import os
import sys
import tempfile

from codecarbon.core.cpu import IntelRAPL
from codecarbon.core.units import Time

JOULES_PER_KWH = 3_600_000

logging.disable(logging.CRITICAL)


def replay(trace, root):
    zone = os.path.join(root, "intel-rapl", "intel-rapl:0")
    os.makedirs(zone, exist_ok=True)

    def write(name, value):
        with open(os.path.join(zone, name), "w") as file:
            file.write(f"{value}\n")

    first, *steps = trace["steps"]
    write("name", "package-0")
    write("max_energy_range_uj", trace["wrapsAt"])
    write("energy_uj", first["raw"])
    reader = IntelRAPL(rapl_dir=os.path.join(root, "intel-rapl"))
    if len(reader._rapl_files) != 1:
        raise SystemExit(f"CodeCarbon found {len(reader._rapl_files)} domains where there is one")
    reader.start()
    kwh = 0.0
    at = first["at"]
    for step in steps:
        write("energy_uj", "unreadable" if step["raw"] is None else step["raw"])
        details = reader.get_cpu_details(Time(seconds=step["at"] - at))
        at = step["at"]
        kwh += sum(value for name, value in details.items() if "Energy Delta" in name)
    return kwh * JOULES_PER_KWH


for line in sys.stdin:
    with tempfile.TemporaryDirectory() as root:
        print(json.dumps(replay(json.loads(line), root)), flush=True)
