"""What a forked child gives up before it touches anything that was not written by us."""

import contextlib
import os
import resource
import signal
import sys

from qops.readers.messages import Limits

ANSWER = 3  # the descriptor that the child writes its answer to; nothing above it stays open


def confine(limits: Limits, answer: int, printed: int) -> None:
    """Cut this process off: a process group of its own, no input, captured output, no other descriptor, limits.

    Args:
        limits: what may be used from here on.
        answer: the descriptor for the answer; it becomes `ANSWER`.
        printed: the descriptor that standard output and standard error become.
    """
    os.setpgid(0, 0)
    _redirect(answer, printed)
    _limit(resource.RLIMIT_AS, limits.memory, limits.memory)
    _limit(resource.RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 1)
    _limit(resource.RLIMIT_CORE, 0, 0)
    signal.setitimer(signal.ITIMER_REAL, limits.wall_seconds + 5)  # should the server die before it can stop us
    sys.dont_write_bytecode = True


def _redirect(answer: int, printed: int) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(printed, 1)
    os.dup2(printed, 2)
    os.dup2(answer, ANSWER)
    os.closerange(ANSWER + 1, os.sysconf("SC_OPEN_MAX"))


def _limit(kind: int, soft: int, hard: int) -> None:
    """Lower a limit, never above what the surroundings allow; where the system knows none, the clock remains."""
    allowed = resource.getrlimit(kind)[1]
    if allowed != resource.RLIM_INFINITY:
        soft, hard = min(soft, allowed), min(hard, allowed)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(kind, (soft, hard))
