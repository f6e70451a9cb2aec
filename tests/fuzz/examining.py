"""One mutated file after another: read or refused, in time, in bounds, and told."""

import random
import resource
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from fuzz.formats import Kind

from qops.cli import failures
from qops.errors import QopsError

LONGEST_S = 2.0
_STOPPED = ("seconds", "MiB", "memory")


class TooLongError(BaseException):
    """The file took more than two seconds of processor time; no `Exception`, so that no reader catches it."""


class Tally:
    """What came of the files of one kind."""

    def __init__(self) -> None:
        self.read = self.refused = self.stopped = self.failures = 0
        self.longest = 0.0

    def __str__(self) -> str:
        stopped = f", {self.stopped:,} stopped by a limit" if self.stopped else ""
        return (
            f"{self.read + self.refused:,} files, {self.read:,} read, {self.refused:,} refused{stopped}, "
            f"{self.failures} failures, at most {self.longest:.2f} s"
        )


class Examiner:
    """Counts files, and keeps those at which something failed.

    Args:
        extra: bytes of address space that a file may take beyond what is in use now.
        keep: a directory for files, or None.
    """

    def __init__(self, extra: int, keep: Path | None) -> None:
        self.total = 0
        self._extra = extra
        self._keep = keep
        signal.signal(signal.SIGPROF, _interrupt)

    def examine(self, name: str, kind: Kind, count: int, seed: int) -> Tally:
        """Mutate and read `count` files."""
        tally, chance = Tally(), random.Random(f"{seed} {name}")
        for number in range(count):
            data = kind.mutated(chance)
            began = time.process_time()
            try:
                with _bounded(self._extra):
                    self._one(kind, data, tally)
            except BaseException as problem:
                if isinstance(problem, KeyboardInterrupt):
                    raise
                tally.failures += 1
                self._tell(f"{name} {number}", data, problem)
            tally.longest = max(tally.longest, time.process_time() - began)
        self.total += count
        return tally

    def _one(self, kind: Kind, data: bytes, tally: Tally) -> None:
        try:
            value = kind.read(data)
        except QopsError as refusal:
            tally.refused += 1
            tally.stopped += any(word in refusal.cause for word in _STOPPED) and "Qiskit" in refusal.cause
            for complaint in _untold(refusal, placed=kind.placed):
                raise AssertionError(complaint) from refusal
            return
        kind.judge(value)
        tally.read += 1

    def _tell(self, what: str, data: bytes, problem: BaseException) -> None:
        say(f"  {what}: {type(problem).__name__}: {problem}"[:300])
        if self._keep:
            self._keep.mkdir(parents=True, exist_ok=True)
            place = self._keep / what.replace(" ", "-").replace("/", "-")
            place.write_bytes(data)
            place.with_name(f"{place.name}.txt").write_text("".join(traceback.format_exception(problem)))


def memory_in_use() -> int:
    """Bytes of address space."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def say(text: str) -> None:
    """One line of the protocol."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


@contextmanager
def _bounded(extra: int) -> Iterator[None]:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (memory_in_use() + extra, hard))
    signal.setitimer(signal.ITIMER_PROF, LONGEST_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, hard))


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise TooLongError


def _untold(refusal: QopsError, *, placed: bool) -> Iterator[str]:
    """What is wrong with the telling of an error."""
    text = failures.told(refusal)
    failures.as_json(refusal)
    if any(ord(letter) < 32 and letter != "\n" for letter in text):
        yield f"a control character in {text!r}"
    for problem in failures.problems(refusal):
        if not problem.cause.strip():
            yield "an error without a cause"
        if placed and problem.where is None:
            yield f"no place in {problem.cause!r}"
