"""In the parent: what a child's end means for the user."""

import signal

import msgspec

from qops.errors import InputError
from qops.model.wording import last_lines, visible
from qops.readers.messages import (
    Answer,
    CallFunction,
    Converted,
    Limits,
    Outcome,
    Refused,
    Request,
    Written,
    place,
    subject,
)


def understand(request: Request, limits: Limits, outcome: Outcome) -> Converted | Written:
    """The child's answer.

    Raises:
        InputError: the child refused, or did not end with a whole answer; the message holds what it printed.
    """
    printed = last_lines(outcome.printed)
    if trouble := _trouble(request, limits, outcome):
        raise InputError(_quoting(trouble, printed), where=place(request))
    try:
        answer: Answer = msgspec.msgpack.decode(outcome.answer, type=Answer)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        cause = _quoting(f"{subject(request)} wrote something that is not an answer", printed)
        raise InputError(cause, where=place(request)) from None
    if not isinstance(answer, Refused):
        return answer
    cause = answer.cause or f"{subject(request)} {_out_of_memory(limits)}"
    raise InputError(
        _quoting(cause, printed) if isinstance(request, CallFunction) else cause,
        where=answer.where if answer.where.file else place(request),
        hint=answer.hint,
        excerpt=answer.excerpt and visible(answer.excerpt, 160),
    )


def _trouble(request: Request, limits: Limits, outcome: Outcome) -> str | None:
    who = subject(request)
    if outcome.stopped == "time":
        return f"{who} took longer than {limits.wall_seconds:g} s and was stopped"
    if outcome.stopped == "size":
        return f"what {who} makes of it is larger than {limits.answer >> 20} MiB"
    if outcome.status < 0:
        return f"{who} {_killed(-outcome.status, limits, outcome.printed)}"
    if outcome.status:
        return f"{who} ended the process with exit code {outcome.status}"
    return None if outcome.answer else f"{who} ended its process without an answer"


def _killed(number: int, limits: Limits, printed: bytes) -> str:
    if b"memory allocation of" in printed:
        return _out_of_memory(limits)
    if number == signal.SIGXCPU:
        return f"used more than {limits.cpu_seconds} s of processor time and was stopped"
    if number == signal.SIGKILL:
        return "was killed by the system, most likely for want of memory or processor time"
    try:
        return f"crashed ({signal.Signals(number).name})"
    except ValueError:
        return f"crashed (signal {number})"


def _out_of_memory(limits: Limits) -> str:
    return f"needed more than {limits.memory >> 20} MiB of memory"


def _quoting(cause: str, printed: str) -> str:
    return f"{cause}; it printed: {printed}" if printed else cause
