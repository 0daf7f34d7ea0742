"""The training that goes on, of which there is one in a process at a time: what it contains is part of it."""

import atexit
import json
import os
import sys
import time

from .numbers import numbers_of
from .process import Process
from .wrapping import guarded

# Seconds between two marks of a kind. Each time so many were written the pause doubles, so that a training of a million
# epochs writes a few thousand lines.
_PAUSES = {"epoch": 0.1, "step": 2.0, "metric": 0.1}
_UNTIL_DOUBLED = 500

_current = None


def current(source=None):
    """The training that goes on in this process, where it is of that framework; else None."""
    training = _current
    if training is None or training.pid != os.getpid() or (source is not None and training.source != source):
        return None
    return training


@guarded
def begin(source, total=None, samples=None, name=None, weak=False, since=None, at_call=True):
    """Begin a training; None inside another one, and where another process reports.

    total: epochs to come, samples: rows of one epoch, where they are known. weak: it has no end of its own, and gives way to
    the next. since: (time.time(), time.monotonic()) of its begin, where that was earlier. at_call: it is over when the user's
    call is, so that what it uses belongs to that line.
    """
    global _current
    if current() is not None:
        if not _current.weak or weak:
            return None
        _current.end()
    if not Process.claim():
        return None
    training = Training(source, total, samples, weak)
    _current = training
    if weak:
        atexit.register(training.end)
    file, line = _call_site() if at_call else (None, None)
    training.write("phase", when=since, name=name or "train", file=file, line=line)
    return training


class Training:
    def __init__(self, source, total, samples, weak):
        self.source = source
        self.total = total
        self.samples = samples
        self.weak = weak
        self.pid = os.getpid()
        #: For the hook that began it.
        self.state = {}
        self._due = {}
        self._written = {}
        self._left_out = None

    @guarded
    def epoch(self, index, metrics=None, total=None, when=None):
        """An epoch has ended. index: from 1. metrics: a dict, or a function that makes one if it is needed."""
        if total is not None:
            self.total = total
        when = when or (time.time(), time.monotonic())
        if self._may("epoch", when[1]):
            self._left_out = None
            self._write_epoch(index, metrics, when)
        else:
            self._left_out = (index, metrics, when)

    def batch(self, epochs, batch, batches, most=None):
        """A batch of an epoch has ended, told as a step of the whole training.

        epochs: that are done, batch: from 0, batches: of one epoch, where it is known, most: of the whole training.
        """
        if batches is None:
            self.step(batch + 1 if epochs == 0 else None, total=most)
        else:
            self.step(epochs * batches + batch + 1, total=most or (batches * self.total if self.total else None))

    @guarded
    def step(self, index, total=None, name=None):
        """A step has ended. index: from 1 over the whole training, total: of them."""
        if self._may("step"):
            self.write("step", index=index, total=total, name=name)

    @guarded
    def metric(self, index, metrics):
        """Metrics of an epoch that are known only after its end."""
        if self._may("metric"):
            self.write("metric", index=index, metrics=numbers_of(metrics))

    @guarded
    def end(self):
        global _current
        if _current is self:
            _current = None
        if self.weak:
            atexit.unregister(self.end)
        if self.pid != os.getpid():
            return
        if self._left_out is not None:  # The last epoch is always told.
            left_out, self._left_out = self._left_out, None
            self._write_epoch(*left_out)
        self.write("phase", name="after training")
        Process.release()

    def _write_epoch(self, index, metrics, when):
        values = numbers_of(metrics() if callable(metrics) else metrics)
        self.write("epoch", when=when, index=index, total=self.total, samples=self.samples, metrics=values)

    def _may(self, kind, now=None):
        now = time.monotonic() if now is None else now
        if now < self._due.get(kind, 0):
            return False
        written = self._written[kind] = self._written.get(kind, 0) + 1
        self._due[kind] = now + _PAUSES[kind] * 2 ** ((written - 1) // _UNTIL_DOUBLED)
        return True

    def write(self, kind, when=None, **fields):
        t, mono = when or (time.time(), time.monotonic())
        record = {"v": 1, "type": "mark", "t": t, "mono": mono, "kind": kind, "source": self.source}
        record.update({key: value for key, value in fields.items() if value is not None and value != {}})
        if not Process.append(json.dumps(record) + "\n"):
            for long in ("metrics", "file", "line"):
                record.pop(long, None)
            Process.append(json.dumps(record) + "\n")


_LIBRARY_FOLDERS = (os.sep + "site-packages" + os.sep, os.sep + "dist-packages" + os.sep, os.path.dirname(os.__file__) + os.sep)
_HERE = os.path.dirname(os.path.abspath(__file__)) + os.sep


def user_frame():
    """The innermost frame of code that is no library's; None where there is none."""
    frame = sys._getframe(1)
    while frame is not None:
        file = frame.f_code.co_filename
        if not file.startswith((_HERE, "<frozen")) and not any(folder in file for folder in _LIBRARY_FOLDERS):
            return frame
        frame = frame.f_back
    return None


def _call_site():
    frame = user_frame()
    if frame is None or frame.f_code.co_filename.startswith("<"):
        return None, None
    return os.path.abspath(frame.f_code.co_filename), frame.f_lineno
