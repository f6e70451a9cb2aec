"""Asking another Python interpreter for a target, within a limit of time."""

import os
import signal
import subprocess
from pathlib import Path

import msgspec

from qops import world
from qops.backends import Site
from qops.errors import EnvironmentFault
from qops.model.manifest import BackendEntry

LIMIT_S = 120.0

_SCRIPT = Path(__file__).with_name("child_script.py")
_OWN = frozenset({"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PYTHONSTARTUP"})


def ask(entry: BackendEntry, site: Site, limit_s: float = LIMIT_S) -> bytes:
    """The target of a backend as JSON, from the interpreter that its entry names.

    Raises:
        EnvironmentFault: the interpreter does not start, fails, or does not answer in time.
    """
    site.say(f"asking {entry.python} for `{entry.name}`")
    asked = msgspec.json.encode({"kind": entry.kind, "options": entry.options})
    try:
        process = subprocess.Popen(
            [entry.python, "-I", "-c", _SCRIPT.read_text(encoding="utf-8")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=world.environment_without(_OWN),
            start_new_session=True,
        )
    except OSError as problem:
        cause = f"the interpreter {entry.python} does not start: {problem.strerror}"
        raise EnvironmentFault(cause, where=entry.where, hint="`python:` is the path of a Python program") from None
    with process:
        try:
            answer, said = process.communicate(asked, limit_s)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            cause = f"the backend `{entry.name}` did not answer within {limit_s:.0f} s, and was ended"
            raise EnvironmentFault(cause, where=entry.where) from None
    if process.returncode:
        raise EnvironmentFault(f"the backend `{entry.name}` failed: {_last(said)}", where=entry.where)
    return answer


def _last(said: bytes) -> str:
    """The last line of an error message, which in Python's says what it was."""
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:500] if lines else "it said nothing"
