"""The measured command: python processes.py KIND TOLD. Works in processes of one kind, and says what CPU time they used.

KIND: "one", "children", "grandchildren", "short" (hundreds a second), "daemons" (double-forked, each in a session of its own). TOLD: a
file to which each process that no other waits for writes its CPU seconds. It prints the CPU seconds of all of them, its own among
them.
"""

import os
import resource
import sys
import time

#: s
SECONDS = 4.0


def work(seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        spend(0.006)
        time.sleep(0.004)


def spend(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def child(body, told=None):
    """Runs a function in a child; with `told` it writes there what it used."""
    pid = os.fork()
    if pid == 0:
        body()
        if told:
            use = resource.getrusage(resource.RUSAGE_SELF)
            with open(told, "a") as file:
                file.write(f"{use.ru_utime + use.ru_stime}\n")
        os._exit(0)
    return pid


def wait(*pids):
    for pid in pids:
        os.waitpid(pid, 0)


def daemon(told):
    def between():
        os.setsid()
        child(lambda: work(SECONDS / 2), told)

    wait(child(between))


def short():
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        wait(child(lambda: spend(0.002)))


def one_after_another():
    """Each lives for a fraction of the time between two readings of a second."""
    for _ in range(8):
        wait(*[child(lambda: work(SECONDS / 8)) for _ in range(2)])


def nested():
    wait(child(lambda: wait(*[child(lambda: work(SECONDS)) for _ in range(2)])))


def daemons(told):
    for _ in range(2):
        daemon(told)
        work(SECONDS / 2)
    work(SECONDS / 4)


def run(kind, told):
    """Returns the CPU seconds of all processes, those of this one from its start."""
    open(told, "w").close()
    {
        "one": lambda: work(SECONDS),
        "children": one_after_another,
        "grandchildren": nested,
        "short": short,
        "daemons": lambda: daemons(told),
    }[kind]()
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    with open(told) as file:
        return sum(use.ru_utime + use.ru_stime for use in uses) + sum(float(line) for line in file)


if __name__ == "__main__":
    print(run(sys.argv[1], sys.argv[2]), flush=True)
