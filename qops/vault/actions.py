"""Programs that the user wants to be run: `LocalActions` is the `ActionRunner` port of drift."""

import os
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from qops.model.action_ports import Ending
from qops.model.response import Argv
from qops.model.wording import last_lines
from qops.vault import disk, git_process

_GRACE_S = 5.0
_LAST_BYTES = 4096


class LocalActions:
    """Runs programs from the directory `root`, each in a session of its own, with nothing on its input.

    A child gets git's environment as the user's shell has it, not as a hook's; it is ended by SIGTERM to its process
    group, and by SIGKILL to those that are left of it `grace_s` seconds later.
    """

    def __init__(self, root: Path, grace_s: float = _GRACE_S) -> None:
        self._root = root
        self._grace_s = grace_s

    def run(self, argv: Argv, variables: Mapping[str, str], limit_s: float, log: str) -> Ending:
        """Run a program to its end, or to the end of its time; see `ActionRunner`.

        Raises:
            EnvironmentFault: the log cannot be written; then nothing was run.
        """
        place = self._root / log
        with disk.faults("write", place):
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("wb") as printed:
                try:
                    process = self._start(argv, variables, printed.fileno())
                except (OSError, ValueError) as problem:
                    return Ending("not started", said=_reason(problem))
        return self._wait(process, limit_s, place)

    def _start(self, argv: Argv, variables: Mapping[str, str], printed: int) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            argv,
            cwd=self._root,
            env={**git_process.environment(), **variables},
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def _wait(self, process: "subprocess.Popen[bytes]", limit_s: float, place: Path) -> Ending:
        try:
            code = process.wait(limit_s)
        except subprocess.TimeoutExpired:
            self._end(process)
            return Ending("timed out", said=_said(place))
        except KeyboardInterrupt:
            self._end(process)
            raise
        return Ending("failed" if code else "done", code, _said(place))

    def _end(self, process: "subprocess.Popen[bytes]") -> None:
        """End the whole group: what a program started does not outlive it."""
        _signal(process.pid, signal.SIGTERM)
        try:
            with suppress(subprocess.TimeoutExpired):
                process.wait(self._grace_s)
        finally:  # an impatient second interrupt included
            _signal(process.pid, signal.SIGKILL)
            process.wait()


def _signal(group: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


def _said(place: Path) -> str:
    """The end of what was printed; that it cannot be read is no reason to forget how the program ended."""
    with suppress(OSError), place.open("rb") as printed:
        printed.seek(max(0, place.stat().st_size - _LAST_BYTES))
        return last_lines(printed.read(), 1)
    return ""


def _reason(problem: Exception) -> str:
    text = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
    return f"{text[:1].lower()}{text[1:]}"
