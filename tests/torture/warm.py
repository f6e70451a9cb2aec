"""Commands run in forks of one process that has imported qops already, so that thousands of them take minutes.

A fork stops at a gate until strace is attached to it; so strace sees what the command does, and nothing of Python's
start.
"""

import gc
import importlib
import os
import pkgutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import qops

LONGEST_S = 60
_HEAVY = ("qops.interchange", "qops.backends", "qops.compilers", "qops.executors", "qops.oracles", "qops.readers.work")
_HEAVY += ("qops.readers.server", "qops.project.pilot")


class Ended(NamedTuple):
    """How a command ended: its exit code (negative for a signal), what it wrote, and what strace saw."""

    code: int
    out: str
    err: str
    log: str


def warm_up() -> None:
    """Import all of qops that no command needs Qiskit for."""
    for module in pkgutil.walk_packages(qops.__path__, "qops."):
        if not module.name.startswith(_HEAVY) and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in ("rich.console", "rich.table", "rich.cells", "yaml", "ctypes"):
        importlib.import_module(name)
    gc.collect()
    gc.freeze()  # or a collection in a fork would touch, and thereby copy, all of it


def run(
    program: Callable[[], int],
    place: Path,
    environment: Mapping[str, str],
    aside: Path,
    options: Sequence[str] = (),
) -> Ended:
    """Run `program` in a fork, in the directory `place`.

    Args:
        program: what to run; its value is the exit code.
        place: the current directory.
        environment: all of the environment.
        aside: a directory for what it writes and for strace's log, outside of `place`.
        options: strace's; without any the fork runs untraced.
    """
    sys.stdout.flush()
    gate, opener = os.pipe()
    bell, ringer = os.pipe()
    child = os.fork()
    if not child:
        os.close(opener)
        _live(program, place, environment, aside, gate, ringer)
    os.close(gate)
    os.close(ringer)
    os.read(bell, 1)
    os.close(bell)
    tracer = _attach(child, aside, options) if options else None
    os.write(opener, b"!")
    os.close(opener)
    code = _wait(child)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)  # the rest of its tree
    if tracer:
        tracer.wait(LONGEST_S)
    log = (aside / "strace").read_text(errors="replace") if tracer else ""
    return Ended(code, _text(aside / "out"), _text(aside / "err"), log)


def _live(
    program: Callable[[], int], place: Path, environment: Mapping[str, str], aside: Path, gate: int, ringer: int
) -> None:
    code = 99
    try:
        os.setsid()
        os.chdir(place)
        os.environ.clear()
        os.environ.update(environment)
        sys.executable = environment.get("TORTURE_PYTHON", sys.executable)
        for number, name in ((1, "out"), (2, "err")):
            os.dup2(os.open(aside / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.write(ringer, b"!")
        os.read(gate, 1)
        code = program()
    finally:
        os._exit(code)


def _attach(child: int, aside: Path, options: Sequence[str]) -> subprocess.Popen[bytes]:
    words = ("strace", "-y", "-s", "200", "-o", str(aside / "strace"), *options, "-p", str(child))
    tracer = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert tracer.stderr is not None
    line = tracer.stderr.readline()
    assert b"attached" in line, line
    return tracer


def _wait(child: int) -> int:
    deadline = time.monotonic() + LONGEST_S
    pause = 0.001
    while time.monotonic() < deadline:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(pause)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return -signal.SIGXCPU


def _text(path: Path) -> str:
    return path.read_text(errors="replace")
