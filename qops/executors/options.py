"""How an executor is to work, and how much of the machine there is to work with."""

import math
import os
from pathlib import Path

import msgspec

ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1"}
"""An environment in which the usual numerical libraries start no threads, so that a worker uses one processor and a
process that has imported them can be forked."""


class Options(msgspec.Struct, frozen=True):
    """What the owner of the work knows about it.

    `workers` are as many processes at once; 0 is one for every usable processor. `environment` is laid over that of
    this process before anything is imported; None takes a variable away. `preload` are modules to import, or
    functions `module:name` to call, once, before the first worker starts. `memory` is the address space that a worker
    may have, in bytes; one that rests on more than `recycle` bytes after a task is replaced.
    """

    workers: int = 0
    environment: dict[str, str | None] = msgspec.field(default_factory=lambda: dict(ONE_THREAD))
    preload: tuple[str, ...] = ()
    memory: int = 8 << 30
    recycle: int = 1 << 30

    @property
    def hands(self) -> int:
        """The number of workers."""
        return self.workers or usable_processors()


def usable_processors(control_groups: Path = Path("/sys/fs/cgroup")) -> int:
    """The processors that this process may use: what it is bound to, and the quota of its control group (v2 or v1)."""
    bound = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(bound, _quota(control_groups) or bound))


def _quota(control_groups: Path) -> int | None:
    """Whole processors that the control group pays for, rounded up; None without a limit."""
    try:
        if (file := control_groups / "cpu.max").exists():
            quota, period = file.read_text().split()
        else:
            quota = (control_groups / "cpu" / "cpu.cfs_quota_us").read_text()
            period = (control_groups / "cpu" / "cpu.cfs_period_us").read_text()
        return math.ceil(int(quota) / int(period)) if int(quota) > 0 else None
    except (OSError, ValueError, ZeroDivisionError):  # no control groups here, or `max`
        return None
