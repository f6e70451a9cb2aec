"""The parent's side of a child: start it, wait no longer than it may take, say what became of it."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from qops import world
from qops.circuits.equivalence.provable import Statement
from qops.oracles.messages import Distances, Limits, States, Task, frames

SIMULATOR = "qops.oracles.simulator"
PROVER = "qops.oracles.prover"

_SETTINGS = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "PYTHONUTF8": "1",
}
_LONGEST_WORD = 160


class Returned(NamedTuple):
    """What a child wrote, frame by frame, and why there is no more of it; nothing where all is there."""

    answers: list[memoryview]
    trouble: str


def ask(module: str, questions: Sequence[Distances | States | Statement], limits: Limits) -> Returned:
    """Run `module` in a process group of its own, which is ended with this call however that ends."""
    task = msgspec.msgpack.encode(Task(limits, tuple(questions)))
    try:
        process = subprocess.Popen(
            [world.interpreter(), "-P", "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**world.environment_without(frozenset()), **_SETTINGS},
            start_new_session=True,  # an interrupt at the keyboard is for us alone
        )
    except OSError as fault:
        return Returned([], f"could not be started: {fault.strerror}")
    with process:
        answered, printed, late = _talk(process, task, limits)
    answers = list(frames(answered))
    if len(answers) == len(questions):
        return Returned(answers, "")
    return Returned(answers, _trouble(process.returncode, printed, limits, late=late))


def _talk(process: subprocess.Popen[bytes], task: bytes, limits: Limits) -> tuple[bytes, bytes, bool]:
    try:
        return *process.communicate(task, limits.wall_seconds), False
    except subprocess.TimeoutExpired:
        _end(process)
        return *process.communicate(), True
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _trouble(status: int, printed: bytes, limits: Limits, *, late: bool) -> str:
    said = printed.decode(errors="replace").strip().rpartition("\n")[2][:_LONGEST_WORD]
    if late:
        return f"took longer than {limits.wall_seconds:g} s and was stopped"
    if status == -signal.SIGXCPU:
        return f"used more than {limits.cpu_seconds} s of processor time and was stopped"
    if b"MemoryError" in printed or b"bad_alloc" in printed or b"failed to allocate" in printed:
        return f"needed more than {limits.memory >> 20} MiB of memory"
    if status == -signal.SIGKILL:
        return "was killed by the system, most likely for want of memory or processor time"
    if status < 0:
        return f"crashed ({signal.Signals(-status).name})"
    return f"ended with exit code {status}{f': {said}' if said else ''}"
