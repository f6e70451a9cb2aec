"""In the child: whatever went wrong, as an `InputError` that can travel to the parent."""

import linecache
import re
import traceback
from pathlib import Path

from qops.errors import InputError
from qops.model.where import Where
from qops.readers.messages import CallFunction, ReadQasm, ReadQpy, Refused, Request, place, subject
from qops.readers.wording import visible

OUT_OF_MEMORY = Refused("", Where(""))  # said without making anything; the parent knows the words
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_DAMAGE = re.compile(r"binary parsing error:.*?Error: ([^\n]*)", re.DOTALL)
_PLACED = [re.compile(r"(?:<input>:)?(\d+),(\d+): (.*)", re.DOTALL), re.compile(r"L(\d+):C(\d+): (.*)", re.DOTALL)]


def refuse(request: Request, problem: BaseException) -> Refused:
    """Name the cause and the place of `problem`, which `request` led to."""
    match request:
        case _ if isinstance(problem, InputError):
            return Refused(problem.cause, problem.where or place(request), problem.excerpt, problem.hint)
        case CallFunction():
            return _refuse_function(request, problem)
        case ReadQasm() | ReadQpy():
            return _refuse_reader(subject(request), request.file, problem)


def _refuse_reader(who: str, file: str, problem: BaseException) -> Refused:
    kind, message = type(problem).__name__, _message(problem)
    if isinstance(problem, RecursionError):
        return Refused(f"it is nested too deeply for {who}", Where(file))
    if kind == "PanicException":
        return Refused(f"{who} panicked: {visible(message)}", Where(file))
    if damage := _DAMAGE.match(message):
        return Refused(f"the QPY file is damaged or cut short: {visible(damage[1])}", Where(file))
    for pattern in _PLACED:
        if found := pattern.fullmatch(message):
            where = Where(file, int(found[1]), int(found[2]) + 1)
            return Refused(f"{visible(found[3])} ({who})", where)
    if token := _offending_token(problem):
        return Refused(f"unexpected `{visible(token[1])}` ({who})", Where(file, *token[0]))
    return Refused(f"{who} failed: {visible(f'{kind}: {message}' if message else kind)}", Where(file))


def _message(problem: BaseException) -> str:
    """What the exception says; Qiskit's put their text in `message` and quotation marks around it."""
    message = getattr(problem, "message", None)
    return _COLOUR.sub("", message if isinstance(message, str) else str(problem))


def _offending_token(problem: BaseException) -> tuple[tuple[int, int], str] | None:
    """Line, column and text of the word at which an ANTLR parser gave up; its exceptions have no message."""
    cause = problem.__cause__
    inner = cause.args[0] if cause is not None and cause.args else cause
    token = getattr(inner, "offendingToken", None)
    return ((token.line, token.column + 1), token.text) if token is not None else None


def _refuse_function(request: CallFunction, problem: BaseException) -> Refused:
    if isinstance(problem, SyntaxError) and problem.filename:
        where = Where(_relative(problem.filename, request.root), problem.lineno or 0, problem.offset or 0)
        return Refused(f"it is not Python: {visible(problem.msg)}", where, (problem.text or "").rstrip("\n"))
    deed, found = _deed(request, problem), _users_line(request, problem)
    if found is None:
        return Refused(deed, place(request))
    where = Where(_relative(found[0], request.root), found[1])
    return Refused(deed, where, linecache.getline(*found).rstrip("\n")[:160] or None)


def _deed(request: CallFunction, problem: BaseException) -> str:
    if isinstance(problem, SystemExit):
        return f"`{request.target}` called `sys.exit({problem.code!r})`"
    message = visible(_message(problem))
    return f"`{request.target}` raised {type(problem).__name__}{f': {message}' if message else ''}"


def _users_line(request: CallFunction, problem: BaseException) -> tuple[str, int] | None:
    """The deepest line of the traceback that is in the user's repository, and not in an environment inside it."""
    for frame in reversed(traceback.extract_tb(problem.__traceback__)):
        if frame.filename.startswith(f"{request.root}/") and "site-packages" not in frame.filename:
            return frame.filename, frame.lineno or 0
    return None


def _relative(file: str, root: str) -> str:
    path = Path(file)
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else file
