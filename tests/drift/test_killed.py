"""Killed before and after every call to the operating system, a trigger never runs an action twice."""

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from types import FrameType

from support.drift_actions import alarm
from support.drift_disk import act_in, incidents, ran

SYSTEM = {"posix", "fcntl", "_posixsubprocess", "_io"}
STEP = 1 if os.environ.get("QOPS_TORTURE") else 7
LONGEST_S = 30.0
FEWEST_CALLS = 300


class Counted:
    """A profile function that counts calls into the operating system, and kills this process at one of them."""

    def __init__(self, at: int) -> None:
        self.count = 0
        self._at = at

    def __call__(self, _frame: FrameType, event: str, argument: object) -> None:
        if event not in {"c_call", "c_return"} or getattr(argument, "__module__", None) not in SYSTEM:
            return
        self.count += 1
        if self.count == self._at:
            os.kill(os.getpid(), signal.SIGKILL)


def strike(root: Path, at: int) -> int:
    """Act in a process of its own, killed at that call; its exit code, and 0 for a call that did not come."""
    return in_a_child(lambda: killed_at(root, at))


def killed_at(root: Path, at: int) -> None:
    sys.setprofile(Counted(at))
    act_in(root)
    sys.setprofile(None)


def in_a_child(work: Callable[[], None]) -> int:
    child = multiprocessing.get_context("fork").Process(target=work)
    child.start()
    child.join(60)
    assert child.exitcode is not None
    return child.exitcode


def begun(root: Path) -> bool:
    return any(found.runs for found in incidents(root).values())


def settled(root: Path) -> list[str]:
    """What ran, once an action whose runner was killed has ended: it is known by the directory that it runs in."""
    end = time.monotonic() + LONGEST_S
    while runs_in(root):
        assert time.monotonic() < end
        time.sleep(0.001)
    return ran(root)


def runs_in(root: Path) -> bool:
    for place in Path("/proc").glob("[0-9]*/cwd"):
        with suppress(OSError):
            if place.readlink() == root:
                return True
    return False


def test_killed_at_a_call_it_never_runs_twice(tmp_path: Path) -> None:
    outcomes, code = {"run again": 0, "unknown": 0, "done": 0}, -signal.SIGKILL
    for at in count(1, STEP):
        root = tmp_path / str(at)
        root.mkdir()
        code = strike(root, at)
        assert code in {0, -signal.SIGKILL}, at
        before, intended = settled(root), begun(root)
        assert len(before) <= 1, at
        if before:
            assert intended, at  # nothing runs that was not on the disk before
        again = act_in(root)
        assert len(ran(root)) <= 1, at
        held = {step.kind for _, step in again.held}
        (found,) = incidents(root).values()
        if held:
            assert held == {"unknown"}, at
            assert found.runs[0].result == ""
            outcomes["unknown"] += 1
        else:
            assert ran(root) == [alarm().incident], at
            assert [run.result for run in found.runs] == ["done"], at
            outcomes["done" if intended else "run again"] += 1
        if code == 0:  # there is no such call
            break
    assert sum(outcomes.values()) * STEP > FEWEST_CALLS
    assert min(outcomes.values()) > 0, outcomes
