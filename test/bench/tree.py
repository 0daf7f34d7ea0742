"""The measured command: python tree.py SECONDS CHILDREN. So many children, together busy for a fifth of one processor."""

import subprocess
import sys
import time

SECONDS, CHILDREN = float(sys.argv[1]), int(sys.argv[2])
PERIOD = 0.5


def work():
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        stop = time.thread_time() + 0.2 / CHILDREN * PERIOD
        while time.thread_time() < stop:
            sum(range(200))
        time.sleep(PERIOD)


if sys.argv[3:]:
    work()
else:
    # Without the site's modules: 64 of them start at once.
    command = [sys.executable, "-S", "-E", *sys.argv, "child"]
    for child in [subprocess.Popen(command) for _ in range(CHILDREN)]:
        child.wait()
