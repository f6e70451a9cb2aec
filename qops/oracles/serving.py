"""In a child: the limits, then the questions one after another."""

import contextlib
import os
import resource
import signal
import sys
from collections.abc import Callable

import msgspec

from qops.circuits.equivalence.provable import Statement
from qops.oracles.messages import Distances, Limits, States, Task, write

_GRACE_SECONDS = 5.0


def serve(answer: Callable[[Distances | States | Statement], msgspec.Struct]) -> None:
    """Answer what comes down standard input; whatever goes wrong ends the process, and the parent tells it.

    Standard output is kept for the answers: what a library prints there goes where errors go.
    """
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    task = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Task)
    _confine(task.limits)
    for question in task.questions:
        write(answers, answer(question))


def _confine(limits: Limits) -> None:
    _limit(resource.RLIMIT_AS, limits.memory, limits.memory)
    _limit(resource.RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 1)
    _limit(resource.RLIMIT_CORE, 0, 0)
    signal.setitimer(signal.ITIMER_REAL, limits.wall_seconds + _GRACE_SECONDS)  # should the parent be gone by then


def _limit(kind: int, soft: int, hard: int) -> None:
    """Lower a limit, never above what the surroundings allow; where the system knows none, the clock remains."""
    allowed = resource.getrlimit(kind)[1]
    if allowed != resource.RLIM_INFINITY:
        soft, hard = min(soft, allowed), min(hard, allowed)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(kind, (soft, hard))
