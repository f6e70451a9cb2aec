"""In the child: an exception of the user's function, with the line of the user's code that it comes from."""

import linecache
import traceback
from pathlib import Path

from qops.model.where import Where
from qops.model.wording import visible
from qops.readers import users_code
from qops.readers.messages import CallFunction, Refused, place


def refuse_function(request: CallFunction, problem: BaseException) -> Refused:
    """Name the cause and the place of `problem`."""
    if isinstance(problem, SyntaxError) and problem.filename:
        where = Where(_relative(problem.filename, request.root), problem.lineno or 0, problem.offset or 0)
        return Refused(f"it is not Python: {visible(problem.msg)}", where, (problem.text or "").rstrip("\n"))
    frames = traceback.extract_tb(problem.__traceback__)
    cause = _cause(request, problem, called=any(frame.filename == users_code.__file__ for frame in frames))
    for frame in reversed(frames):
        if frame.filename.startswith(f"{request.root}/") and "site-packages" not in frame.filename:
            where = Where(_relative(frame.filename, request.root), frame.lineno or 0)
            return Refused(cause, where, linecache.getline(frame.filename, where.line).rstrip("\n")[:160] or None)
    return Refused(cause, place(request))


def _cause(request: CallFunction, problem: BaseException, *, called: bool) -> str:
    if isinstance(problem, SystemExit):
        return f"`{request.target}` called `sys.exit({problem.code!r})`"
    message = getattr(problem, "message", None)  # Qiskit's exceptions put quotation marks around it in `str`
    said = visible(message if isinstance(message, str) else str(problem))
    what = f"{type(problem).__name__}: {said}" if said else type(problem).__name__
    return f"`{request.target}` raised {what}" if called else f"what `{request.target}` returned cannot be read: {what}"


def _relative(file: str, root: str) -> str:
    path = Path(file)
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else file
