"""Where drivers end: whatever happens, words on standard error and an exit code that git, or a hook, understands."""

import sys
from collections.abc import Callable
from contextlib import suppress

from qops.errors import ExitCode, ManyErrors, QopsError


def guarded(run: Callable[[], int], failed: ExitCode | None = None) -> int:
    """The exit code of `run`; where it fails, its error is told, and the code is `failed`, or that of the error.

    Ctrl-C, which git gets too, always gives 130.
    """
    try:
        return run()
    except QopsError as problem:
        tell(problem)
        return failed or problem.exit_code
    except KeyboardInterrupt:
        say("interrupted")
        return ExitCode.INTERRUPTED
    except OSError as problem:
        say(f"{problem.filename}: {problem.strerror}" if problem.filename else str(problem))
        return failed or ExitCode.ENVIRONMENT
    except Exception as problem:  # noqa: BLE001 - the boundary: git would take Python's own 1 for an answer
        say(f"this is a bug in qops: {type(problem).__name__}: {problem}")
        return failed or ExitCode.BUG


def tell(error: QopsError) -> None:
    """Say what is wrong, and what to do about it."""
    for problem in error.problems if isinstance(error, ManyErrors) else [error]:
        say(f"{problem}\n  {problem.hint}" if problem.hint else str(problem))


def say(text: str) -> None:
    """Say something on standard error, as `qops`."""
    with suppress(OSError):
        sys.stderr.write(f"qops: {text}\n")
        sys.stderr.flush()
