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
    _limit(resource.RLIMIT_AS, limits.memory)
    _limit(resource.RLIMIT_CPU, limits.cpu_seconds)
    _limit(resource.RLIMIT_CORE, 0)
    signal.setitimer(signal.ITIMER_REAL, limits.wall_seconds + 5)  # should the server die before it can stop us
    sys.dont_write_bytecode = True


def _redirect(answer: int, printed: int) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(printed, 1)
    os.dup2(printed, 2)
    os.dup2(answer, ANSWER)
    os.closerange(ANSWER + 1, os.sysconf("SC_OPEN_MAX"))


def _limit(kind: int, amount: int) -> None:
    """Lower a limit, never above what the surroundings allow; a system that does not know it keeps the clock."""
    hard = resource.getrlimit(kind)[1]
    ceiling = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(kind, (ceiling, ceiling if kind != resource.RLIMIT_CPU else ceiling + 1))
