"""What a child leaves running when it ends, other sessions and process groups included: all of it is found and ended.

Linux gives orphans to the nearest ancestor that asked for them [1]_. The fork server asks, and has one child at a
time, so that whatever processes it has once that child is gone are the child's. Elsewhere only the child's process
group is ended.

References:
    [1] https://man7.org/linux/man-pages/man2/PR_SET_CHILD_SUBREAPER.2const.html
"""

import contextlib
import ctypes
import os
import signal
from collections.abc import Iterator
from pathlib import Path

from qops import world

_PR_SET_CHILD_SUBREAPER = 36
_PATIENCE = 5.0  # seconds for processes that fork faster than they are ended
_GLANCE = 0.002


def adopt() -> None:
    """Become the parent of every orphan among the descendants of this process, where the system knows of that."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end() -> None:
    """End the processes that this one has for children, and theirs, which then become ours."""
    deadline = world.monotonic() + _PATIENCE
    while _reap() and world.monotonic() < deadline:
        for pid in _children():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        world.pause(_GLANCE)


def _reap() -> bool:
    """Take leave of the children that have ended; whether there are others."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return False
    return True


def _children() -> Iterator[int]:
    """The processes whose parent this one is."""
    me = str(os.getpid())
    for place in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if place.read_text(errors="replace").rpartition(")")[2].split()[1] == me:
                yield int(place.parent.name)
