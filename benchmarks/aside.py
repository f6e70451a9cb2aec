"""Rivals in virtual environments of their own, since they need other versions of what qops needs, or bring much."""

import subprocess
import sys
import venv
from pathlib import Path


class NotInstalledError(Exception):
    """A rival could not be installed; the message says why."""


def interpreter(name: str, requirement: str) -> Path:
    """The interpreter of an environment, made on first use; `make clean` removes it with everything else.

    Raises:
        NotInstalledError: there is no such environment, and none could be had.
    """
    home = Path(sys.prefix) / name
    python, complete = home / "bin" / "python", home / "complete"
    if not complete.exists():
        venv.create(home, with_pip=True)
        words = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", requirement]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NotInstalledError(f"skipped: pip could not install {requirement}")
        complete.touch()
    return python


def output(words: list[str], directory: Path | None = None) -> str:
    """What a rival's program prints."""
    return subprocess.run(words, cwd=directory, capture_output=True, text=True, check=True).stdout
