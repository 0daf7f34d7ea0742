"""The measured command: busy for a fifth of each tenth of a second, for the given seconds, with two workers below it."""

import subprocess
import sys
import time

SECONDS = float(sys.argv[1])
end = time.monotonic() + SECONDS
workers = [] if "worker" in sys.argv else [
    subprocess.Popen([sys.executable, __file__, str(SECONDS), "worker"]) for _ in range(2)
]
while time.monotonic() < end:
    stop = time.monotonic() + 0.02
    while time.monotonic() < stop:
        sum(range(1000))
    time.sleep(0.08)
for worker in workers:
    worker.wait()
