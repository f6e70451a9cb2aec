"""The program's own `main`: whatever happens, one documented exit code, and words that say what to do.

Typer's main would end an uncaught exception with 1, which here means a finding, and drop a returned number.
"""

import gc
import sys
from collections.abc import Sequence
from itertools import pairwise

from qops.cli import streams
from qops.errors import EnvironmentFault, ExitCode, QopsError

_MANY_OBJECTS = 100_000


def main() -> None:
    """Run the command that was typed, and leave with its exit code."""
    gc.set_threshold(_MANY_OBJECTS)  # what a short command makes stays until its end
    code = run(sys.argv[1:])
    gc.freeze()  # nothing needs to be collected any more: that would take a tenth of its time
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run `qops` with these arguments; the exit code. Nothing is raised."""
    streams.prepare()
    try:
        return _answer(arguments)
    except BaseException as error:  # noqa: BLE001 - the error could not even be told, as in a damaged installation
        streams.say(f"error: {error!r}\n")
        return ExitCode.INTERRUPTED if isinstance(error, KeyboardInterrupt) else ExitCode.BUG
    finally:
        streams.settle()


def wants_json(arguments: Sequence[str]) -> bool:
    """Whether JSON was asked for, answered without the parser, which may be what failed.

    >>> wants_json(["diff", "--format", "json"]), wants_json(["diff", "--", "--json"])
    (True, False)
    """
    options = list(arguments)
    options = options[: options.index("--")] if "--" in options else options
    return "--json" in options or "--format=json" in options or ("--format", "json") in pairwise(options)


def _answer(arguments: Sequence[str]) -> int:
    try:
        return _command(arguments)
    except BaseException as error:  # noqa: BLE001 - the boundary: whatever escapes becomes an exit code
        return _end(error, arguments)


def _command(arguments: Sequence[str]) -> int:
    from qops.cli.app import tree

    with tree().make_context("qops", list(arguments)) as context:
        code = context.command.invoke(context)
    return code if isinstance(code, int) else ExitCode.OK


def _end(error: BaseException, arguments: Sequence[str]) -> int:
    import typer

    if isinstance(error, typer.Exit):
        return error.exit_code
    if isinstance(error, BrokenPipeError):
        return ExitCode.ENVIRONMENT
    return _fail(_understood(error, arguments), arguments)


def _understood(error: BaseException, arguments: Sequence[str]) -> QopsError:
    import typer

    from qops.cli.usage import explain

    match error:
        case QopsError():
            return error
        case typer.TyperException():
            return explain(error)
        case KeyboardInterrupt() | typer.Abort():
            return _Interrupted("interrupted")
        case OSError():
            return _os_fault(error)
        case ImportError() if not (error.name or "").startswith("qops"):
            return EnvironmentFault(f"a package cannot be imported: {error}", hint="qops doctor")
        case UnicodeEncodeError() if sys.getfilesystemencoding() != "utf-8":
            return _narrow_locale(error)
        case _:
            return _bug(error, arguments)


def _fail(error: QopsError, arguments: Sequence[str]) -> int:
    from qops.cli import failures

    streams.say(failures.told(error, colour=streams.coloured(sys.stderr)))
    if wants_json(arguments):
        try:
            streams.write(failures.as_json(error))
        except EnvironmentFault as fault:
            if fault.cause != error.cause:
                streams.say(failures.told(fault))
    return error.exit_code


def _os_fault(error: OSError) -> EnvironmentFault:
    place = f"{error.filename}: " if error.filename else ""
    return EnvironmentFault(f"{place}{error.strerror or error}")


def _narrow_locale(error: UnicodeEncodeError) -> EnvironmentFault:
    cause = f"the encoding of this locale, {error.encoding}, cannot spell {error.object}"
    return EnvironmentFault(cause, hint="choose one that can: `export LC_ALL=C.UTF-8`, and no PYTHONUTF8=0")


class _Interrupted(QopsError):
    """Ctrl-C."""

    exit_code = ExitCode.INTERRUPTED


class _Bug(QopsError):
    """An exception that nobody foresaw."""

    exit_code = ExitCode.BUG


def _bug(error: BaseException, arguments: Sequence[str]) -> _Bug:
    from qops.cli import bug_log

    path = bug_log.keep(error, arguments)
    hint = f"please report it, and paste {path}" if path else "please report it; no log could be written"
    return _Bug(f"this is a bug in qops: {type(error).__name__}: {error}", hint=hint)
