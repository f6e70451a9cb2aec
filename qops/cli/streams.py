"""Standard output carries the report, standard error everything else, and standard input a file called `-`."""

import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from qops import world
from qops.errors import EnvironmentFault
from qops.render.surface import Surface


def prepare() -> None:
    """Let no encoding stop a report: a letter that a stream cannot carry is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def write(text: str) -> None:
    """Write to standard output, now; `EnvironmentFault` if it cannot take it.

    A reader that has closed the pipe has read enough, as in `qops log | head`: that is no fault.
    """
    if sys.stdout is None:
        raise EnvironmentFault("standard output is closed", hint="--output FILE writes the report to a file")
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        settle()
    except OSError as error:
        settle()
        raise EnvironmentFault(f"cannot write to standard output: {error.strerror}") from error


def append(file: Path, text: str) -> None:
    """Write at the end of a file that others write to as well; `EnvironmentFault` if it cannot take it."""
    try:
        with file.open("a", encoding="utf-8") as opened:
            opened.write(text)
    except OSError as error:
        raise EnvironmentFault(f"cannot write to {file}: {error.strerror}") from error


def read() -> bytes:
    """All of standard input; `EnvironmentFault` where there is none."""
    if sys.stdin is None:
        raise EnvironmentFault("standard input is closed")
    return sys.stdin.buffer.read()


def say(text: str) -> None:
    """Write to standard error; nobody can be told if that fails."""
    with suppress(OSError, AttributeError):
        sys.stderr.write(text)
        sys.stderr.flush()


def settle() -> None:
    """Leave nothing in standard output's buffer that the interpreter's own last flush could stumble over."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except OSError:
        with suppress(OSError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())
            os.close(nowhere)


def surface() -> Surface:
    """What standard output is: a terminal has a width and, unless it is told otherwise, colours."""
    return Surface(width=_width(), colour=coloured(sys.stdout), ascii_only=_plain(sys.stdout))


def coloured(stream: TextIO | None) -> bool:
    """Whether to colour: on a terminal or with `FORCE_COLOR`, and never with `NO_COLOR` or on a `dumb` terminal."""
    if stream is None or world.environment("NO_COLOR") or world.environment("TERM") == "dumb":
        return False
    return world.environment("FORCE_COLOR") not in {"", "0"} or stream.isatty()


def _plain(stream: TextIO | None) -> bool:
    """Whether a stream shows letters and punctuation alone: by its encoding, or a `dumb` terminal."""
    encoding = (getattr(stream, "encoding", None) or "ascii").lower()
    return world.environment("TERM") == "dumb" or not encoding.startswith("utf")


def watched() -> bool:
    """Whether standard error is a terminal on which a line can be drawn anew."""
    return sys.stderr is not None and sys.stderr.isatty() and world.environment("TERM") != "dumb"


def _width() -> int | None:
    columns = world.environment("COLUMNS")
    if columns.isascii() and columns.isdigit() and int(columns):
        return int(columns)
    if sys.stdout is None or not sys.stdout.isatty():
        return None
    with suppress(OSError):
        return os.get_terminal_size(sys.stdout.fileno()).columns or None
    return None
