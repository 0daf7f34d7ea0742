"""The JSON object that an adapter prints for each request, and what it says where it cannot work."""

from __future__ import annotations

import json
import math
import os
import sys
import time

SCHEMA = "fairwatt.library/1"
OLDEST_PYTHON = (3, 8)


def claim_stdout():
    """Takes standard output for the answer alone: what a library prints while it is imported goes to standard error."""
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    os.dup2(2, 1)
    return answer


class Unavailable(Exception):
    """The library cannot be used in this interpreter; `install` is the command that a person could run."""

    def __init__(self, code, message, module=None, install=None):
        super().__init__(message)
        self.code = code
        self.module = module
        self.install = install


def pip_line(requirement):
    """Words of the command that would install it into this very interpreter."""
    return [sys.executable, "-m", "pip", "install", requirement]


def version_tuple(text):
    """(1, 0, 0) of "1.0.0rc1"."""
    numbers = []
    for part in text.split(".")[:3]:
        digits = ""
        for character in part:
            if not character.isdigit():
                break
            digits += character
        numbers.append(int(digits or 0))
    return tuple(numbers)


def require(distribution, module, oldest, requirement=None):
    """The installed version, which must not be older than `oldest`; the library itself is not imported for it."""
    requirement = requirement or distribution
    try:
        from importlib import metadata
    except ImportError:
        raise Unavailable("incompatible_version", "Python 3.8 or newer is needed", "python")
    try:
        version = metadata.version(distribution)
    except metadata.PackageNotFoundError:
        message = "{} is not installed in this interpreter".format(distribution)
        raise Unavailable("missing_module", message, module, pip_line(requirement))
    if version_tuple(version) < version_tuple(oldest):
        message = "{} {} is too old; the adapter is written for {} and newer".format(distribution, version, oldest)
        raise Unavailable(
            "incompatible_version", message, module, pip_line("{}>={}".format(requirement, oldest))
        )
    return version


def missing(error, library, version):
    """What to say when `library` is installed and its import fails for want of another module."""
    module = (error.name or "").split(".")[0]
    message = "{} {} imports {}, which is not installed in this interpreter".format(library, version, module or error)
    return Unavailable("missing_module", message, module or None, pip_line(module) if module else None)


def versions(*distributions):
    """Versions of what is installed of these."""
    from importlib import metadata

    found = {}
    for name in distributions:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def number(value):
    """A number for JSON, which knows no NaN and no infinity."""
    value = float(value)
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return value


def outcome(compute):
    """What a measure of a library gives: a number, or the exception it raises, as text."""
    try:
        return number(compute())
    except Exception as error:  # noqa: BLE001 whatever the library raises is its answer
        return "{}: {}".format(type(error).__name__, error)


def requests():
    """The requests on standard input, one line of JSON each."""
    for line in sys.stdin.buffer:
        if line.strip():
            yield json.loads(line.decode("utf-8"))


def respond(stream, library, work):
    """Calls `work(adapter)`, which fills in the adapter's version and returns the rest, and prints the answer as a line."""
    started = time.monotonic()
    adapter = {
        "library": library,
        "version": None,
        "python": ".".join(str(part) for part in sys.version_info[:3]),
        "executable": sys.executable,
        "dependencies": {},
    }
    answer = {"schema": SCHEMA, "adapter": adapter, "status": "ok", "reason": None, "results": [], "warnings": []}
    try:
        if sys.version_info < OLDEST_PYTHON:
            raise Unavailable("incompatible_version", "Python 3.8 or newer is needed", "python")
        answer.update(work(adapter))
    except Unavailable as reason:
        answer["status"] = "unavailable"
        answer["reason"] = {
            "code": reason.code,
            "module": reason.module,
            "message": str(reason),
            "install": reason.install,
        }
    except Exception as error:  # noqa: BLE001 whatever happens is said
        answer["status"] = "error"
        message = "{}: {}".format(type(error).__name__, error)
        answer["reason"] = {"code": "exception", "module": None, "message": message, "install": None}
    answer["timing_ms"] = round(1000 * (time.monotonic() - started))
    json.dump(answer, stream, allow_nan=False)
    stream.write("\n")
    stream.flush()
