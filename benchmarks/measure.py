"""Measuring on a machine that others use too: CPU seconds instead of wall time, repeats, and ratios within one run."""

import gc
import resource
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple, TypeVar

Result = TypeVar("Result")


class Spent(NamedTuple):
    """Seconds that a command took: by the clock, and of processors, those of its children included."""

    wall: float
    cpu: float


def command(words: Sequence[str], directory: Path, environment: Mapping[str, str], code: int = 0) -> float:
    """CPU seconds, user and system, of a command and of the processes that it waited for.

    Raises:
        RuntimeError: it ended with another exit code than `code`; the time of a failure says nothing.
    """
    return spent(words, directory, environment, code).cpu


def spent(words: Sequence[str], directory: Path, environment: Mapping[str, str], code: int = 0) -> Spent:
    """What a command took, as `command` measures it, and the time that passed."""
    before, began = children(), time.perf_counter()
    done = subprocess.run(words, cwd=directory, env=environment, capture_output=True, check=False)
    took = Spent(time.perf_counter() - began, children() - before)
    if done.returncode != code:
        raise RuntimeError(f"{' '.join(words)}: exit code {done.returncode}\n{done.stderr.decode()}")
    return took


def call(function: Callable[[], Result], runs: int) -> tuple[float, Result]:
    """The least CPU seconds of this process for a call, out of `runs`, and what the last of them returned."""
    seconds, result = _once(function)
    for _ in range(runs - 1):
        again, result = _once(function)
        seconds = min(seconds, again)
    return seconds, result


def by_turns(measurements: Mapping[str, Callable[[], Result]], rounds: int) -> dict[str, list[Result]]:
    """Every measurement once a round; another one begins each round, so that none always follows the same."""
    names = list(measurements)
    seconds: dict[str, list[Result]] = {name: [] for name in names}
    for turn in range(rounds):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            seconds[name].append(measurements[name]())
    return seconds


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median over the rounds of one side's time, measured by the other's in the same round.

    >>> ratio([1.0, 2.0, 9.0], [2.0, 4.0, 9.0])
    0.5
    """
    return median(a / b for a, b in zip(ours, theirs, strict=True))


def _once(function: Callable[[], Result]) -> tuple[float, Result]:
    gc.collect()
    gc.freeze()  # what is in memory already would not be there in a process of its own
    began = time.process_time()
    result = function()
    return time.process_time() - began, result


def children() -> float:
    """CPU seconds of the commands that this process has waited for so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
