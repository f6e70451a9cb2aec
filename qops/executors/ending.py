"""What the end of a worker says about the task that it was at."""

import os
import signal
from pathlib import Path
from typing import NamedTuple

from qops.model.wording import last_lines

_NO_MEMORY = (b"memory allocation of", b"std::bad_alloc", b"MemoryError")  # the last words of Rust, C++ and Python
_COUNTS = (Path("/sys/fs/cgroup/memory.events"), Path("/proc/vmstat"))


class Ending(NamedTuple):
    """The `kind` and `because` of a `Done`, and whether the task may be tried `again`."""

    kind: str
    because: str
    again: bool = False


def timed_out(limit_s: float) -> Ending:
    """A task was at it for longer than it may."""
    return Ending("timed out", f"took longer than {limit_s:g} s and was stopped")


def understand(status: int, printed: bytes, *, killed_for_memory: bool) -> Ending:
    """The end of a worker that nobody here wanted.

    Memory is to blame if the worker's last words say so, as those of Rust, C++ and Python do when the limit on its
    address space is met, or if it was killed (SIGKILL) while the system's count of processes killed for want of
    memory rose. The second is a guess: another process may have been counted.

    Args:
        status: its exit code, or the signal that ended it, negative.
        printed: the end of what it printed.
        killed_for_memory: whether the system killed processes for want of memory meanwhile.
    """
    if status in {-signal.SIGABRT, os.EX_SOFTWARE} and any(words in printed for words in _NO_MEMORY):
        return Ending("out of memory", _quoting("needed more memory than a worker may have", printed))
    if status == -signal.SIGKILL and killed_for_memory:
        return Ending("out of memory", "was killed by the system for want of memory", again=True)
    return Ending("crashed", _quoting(_how(status), printed), again=True)


def killings(counts: tuple[Path, ...] = _COUNTS) -> int:
    """How many processes the system has killed for want of memory so far, in this control group and altogether."""
    total = 0
    for file in counts:
        try:
            lines = file.read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("oom_kill "))
    return total


def printed_by(file: int, most: int = 4096) -> bytes:
    """The end of what went into an open file."""
    size = os.fstat(file).st_size
    return os.pread(file, most, max(0, size - most))


def _how(status: int) -> str:
    if status >= 0:
        return f"ended its process with exit code {status}"
    try:
        return f"crashed ({signal.Signals(-status).name})"
    except ValueError:
        return f"crashed (signal {-status})"


def _quoting(cause: str, printed: bytes) -> str:
    said = last_lines(printed, 1)
    return f"{cause}; it printed: {said}" if said else cause
