"""In the child: whatever went wrong, as an `InputError` that can travel to the parent."""

import re

from qops.errors import InputError
from qops.model.where import Where
from qops.model.wording import visible
from qops.readers.messages import CallFunction, ReadQasm, ReadQpy, Refused, Request, place, subject
from qops.readers.users_traceback import refuse_function

OUT_OF_MEMORY = Refused("", Where(""))  # said without making anything; the parent knows the words
_DAMAGE = re.compile(r"binary parsing error:.*?Error: ([^\n\x1b]*)", re.DOTALL)
_PLACED = [re.compile(r"(?:<input>:)?(\d+),(\d+): (.*)", re.DOTALL), re.compile(r"L(\d+):C(\d+): (.*)", re.DOTALL)]


def refuse(request: Request, problem: BaseException) -> Refused:
    """Name the cause and the place of `problem`, which `request` led to."""
    match request:
        case _ if isinstance(problem, InputError):
            return Refused(problem.cause, problem.where or place(request), problem.excerpt, problem.hint)
        case CallFunction():
            return refuse_function(request, problem)
        case ReadQasm() | ReadQpy():
            return _refuse_reader(request, problem)


def _refuse_reader(request: ReadQasm | ReadQpy, problem: BaseException) -> Refused:
    who, kind, message = subject(request), type(problem).__name__, _message(problem)
    where = place(request)
    if isinstance(problem, RecursionError):
        return Refused(f"it is nested too deeply for {who}", where)
    if kind == "PanicException":
        return Refused(f"{who} panicked: {visible(message)}", where)
    if damage := _DAMAGE.match(message):
        return Refused(f"the QPY file is damaged or cut short: {visible(damage[1])}", where)
    if isinstance(request, ReadQasm) and (placed := _placed(problem, message)):
        line, column, cause = placed
        return Refused(f"{cause} ({who})", Where(request.file, line, column), _line(request.text, line))
    return Refused(f"{who} failed: {visible(f'{kind}: {message}' if message else kind)}", where)


def _message(problem: BaseException) -> str:
    """What the exception says; Qiskit's put their text in `message` and quotation marks around it."""
    message = getattr(problem, "message", None)
    return message if isinstance(message, str) else str(problem)


def _placed(problem: BaseException, message: str) -> tuple[int, int, str] | None:
    """Line, column and cause, if the reader told them; readers count columns from zero."""
    for pattern in _PLACED:
        if found := pattern.fullmatch(message):
            return int(found[1]), int(found[2]) + 1, visible(found[3])
    cause = problem.__cause__  # an ANTLR parser gave up without a word, but the exception in it holds the token
    inner = cause.args[0] if cause is not None and cause.args else cause
    token = getattr(inner, "offendingToken", None)
    return None if token is None else (token.line, token.column + 1, f"unexpected `{visible(token.text)}`")


def _line(text: str, number: int) -> str | None:
    lines = text.split("\n")
    return lines[number - 1][:160] if 0 < number <= len(lines) else None
