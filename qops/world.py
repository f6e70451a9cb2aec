"""The only place that asks for the time, the environment, the current directory and entropy."""

import os
import platform
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from qops.errors import EnvironmentFault


def now() -> str:
    """UTC, ISO 8601, whole seconds; `SOURCE_DATE_EPOCH` freezes it."""
    frozen = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(frozen), UTC) if frozen else datetime.now(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def monotonic() -> float:
    """Seconds of a clock that never goes back, for time limits."""
    return time.monotonic()


def environment(name: str, default: str = "") -> str:
    """An environment variable."""
    return os.environ.get(name, default)


def environment_without(names: frozenset[str]) -> dict[str, str]:
    """The environment for a child process, less some variables."""
    return {key: value for key, value in os.environ.items() if key not in names}


def current_directory() -> Path:
    """The directory that the command was typed in.

    Raises:
        EnvironmentFault: it has been deleted.
    """
    try:
        return Path.cwd()
    except FileNotFoundError:
        cause = "the directory that you are in has been deleted"
        raise EnvironmentFault(cause, hint="`cd` to one that exists") from None


def start_in(directory: Path) -> None:
    """Make `directory` the current one, before anything else has run: the meaning of `qops -C DIR`."""
    os.chdir(directory)


def seed() -> int:
    """A fresh 32-bit seed; whoever draws it records and echoes it."""
    return int.from_bytes(os.urandom(4), "big")


def process_id() -> int:
    """This process."""
    return os.getpid()


def python_version() -> str:
    """The interpreter's version."""
    return platform.python_version()


def platform_name() -> str:
    """Operating system and machine, as in `Linux-x86_64`."""
    return f"{platform.system()}-{platform.machine()}"


def interpreter() -> str:
    """The running Python interpreter, for child processes."""
    return sys.executable


def pause(seconds: float) -> None:
    """Let some time go by."""
    time.sleep(seconds)


def host_name() -> str:
    """This machine's name."""
    return platform.node()


def machine() -> str:
    """The kind of processor, as in `x86_64`."""
    return platform.machine()


def environment_names() -> list[str]:
    """The names of the environment's variables, sorted."""
    return sorted(os.environ)


def one_thread() -> None:
    """Ask for one thread in matrix products, before NumPy is imported: more of them cost small products dearly.

    What the user has set stays.
    """
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
