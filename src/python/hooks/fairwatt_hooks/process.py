"""Which process may report, and how a line gets into the file.

Of everything that one command starts (ranks, forks, workers of a pool, child interpreters) one process at a time reports: the
one of rank 0 that began a training first. It says so in a file beside the marks for as long as the training lasts.
"""

import os
import sys

import fairwatt_hooks

_RANKS = ("RANK", "SLURM_PROCID", "OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK", "HOROVOD_RANK", "LOCAL_RANK")
# A write of at most this many bytes to a file opened for appending is not torn by another's (PIPE_BUF is 4096 on Linux).
_LONGEST = 4000


class Process:
    #: Pid that holds the claim: a fork inherits this object, but not the claim.
    claimed_by = 0

    @classmethod
    def claim(cls):
        """Become the one that reports. False where another does, or this is not rank 0."""
        if rank() != 0:
            return False
        for _ in range(2):
            try:
                file = os.open(cls._owner_path(), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            except FileExistsError:
                if not cls._remove_dead():
                    return False
                continue
            except OSError:
                return False
            try:
                os.write(file, str(os.getpid()).encode())
            finally:
                os.close(file)
            cls.claimed_by = os.getpid()
            _at_exit(cls)
            return True
        return False

    @classmethod
    def release(cls):
        if cls.claimed_by == os.getpid():
            cls.claimed_by = 0
            try:
                os.unlink(cls._owner_path())
            except OSError:
                pass

    @classmethod
    def append(cls, text):
        """Append one line in a single write. The file is opened anew each time: the command may close what it did not open."""
        data = text.encode("utf-8")
        if cls.claimed_by != os.getpid() or len(data) > _LONGEST:
            return False
        try:
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
            file = os.open(fairwatt_hooks.marks_path, flags, 0o644)
        except OSError:
            return False
        try:
            return os.write(file, data) == len(data)
        except OSError:
            return False
        finally:
            os.close(file)

    @classmethod
    def _owner_path(cls):
        return fairwatt_hooks.marks_path + ".owner"

    @classmethod
    def _remove_dead(cls):
        """A process that was killed left its claim behind."""
        try:
            with open(cls._owner_path(), "rb") as file:
                pid = int(file.read() or b"0")
            if pid == 0 or _is_alive(pid):
                return False
            os.unlink(cls._owner_path())
        except FileNotFoundError:
            pass  # It went meanwhile.
        except (OSError, ValueError):
            return False
        return True


_registered = 0


def _at_exit(process):
    global _registered
    if _registered != os.getpid():
        _registered = os.getpid()
        import atexit

        atexit.register(process.release)


def rank():
    """Rank among the processes that train one model together; 0 where it trains alone."""
    distributed = sys.modules.get("torch.distributed")
    if distributed is not None:
        try:
            if distributed.is_available() and distributed.is_initialized():
                return int(distributed.get_rank())
        except Exception:
            pass
    for name in _RANKS:
        value = os.environ.get(name, "")
        if value.isdigit():
            return int(value)
    return 0


def _is_alive(pid):
    if os.name == "nt":
        import ctypes

        handle = ctypes.windll.kernel32.OpenProcess(0x1000, False, pid)  # PROCESS_QUERY_LIMITED_INFORMATION
        if handle:
            ctypes.windll.kernel32.CloseHandle(handle)
        return bool(handle)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass  # It is there, and another user's.
    return True
