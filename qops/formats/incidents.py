"""The ledger of a watch: one JSON object a line, each something that happened; lines are only ever added.

A line that no line feed ends was being written when its writer was killed. It says nothing; the next to write cuts it
off.
"""

from collections.abc import Iterable

import msgspec

from qops.errors import InputError
from qops.model.incident import Alarm, Incident, Result, Run
from qops.model.response import Argv
from qops.model.where import Where

HEADER = b'{"qops":"incidents","version":1}\n'
_LONGEST_EXCERPT = 160


class _Event(msgspec.Struct, frozen=True, tag_field="event", forbid_unknown_fields=True, omit_defaults=True):
    at: str
    incident: str


class Opened(_Event, frozen=True, tag="opened"):
    """A chart was in alarm."""

    alarm: Alarm


class Firing(_Event, frozen=True, tag="firing"):
    """An action is about to be run; `by` says by whom."""

    argv: Argv
    attempt: int
    by: str


class Ended(_Event, frozen=True, tag="ended"):
    """An action has ended."""

    argv: Argv
    attempt: int
    result: Result
    code: int | None = None
    said: str = ""


class Acked(_Event, frozen=True, tag="acked"):
    """The user knows; nothing more is run."""

    because: str


class Released(_Event, frozen=True, tag="released"):
    """The user wants what failed, or what nobody knows the end of, to be run again."""

    because: str


class Resolved(_Event, frozen=True, tag="resolved"):
    """It is over."""

    because: str


Event = Opened | Firing | Ended | Acked | Released | Resolved
_DECODER = msgspec.json.Decoder(Event)


def lines(events: Iterable[Event]) -> bytes:
    """The events as lines to be added."""
    return b"".join(msgspec.json.encode(event) + b"\n" for event in events)


def read(data: bytes | None, file: str) -> dict[str, Incident]:
    """The incidents by name, in the order in which they were opened.

    Raises:
        InputError: a line is none of a ledger; without knowing what was done nothing may be done.
    """
    found: dict[str, Incident] = {}
    whole = (data or HEADER)[: (data or HEADER).rfind(b"\n") + 1]
    for number, line in enumerate(whole.removesuffix(b"\n").split(b"\n"), start=1):
        if number == 1:
            _check_header(line, file)
            continue
        try:
            event = _DECODER.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as problem:
            raise _unreadable(str(problem), Where(file, number, 1), line) from problem
        if not isinstance(event, Opened) and event.incident not in found:
            raise _unreadable(f"there is no incident {event.incident} above", Where(file, number, 1), line)
        if isinstance(event, Opened) and event.incident != event.alarm.incident:
            raise _unreadable(f"the incident of this alarm is {event.alarm.incident}", Where(file, number, 1), line)
        found[event.incident] = after(found.get(event.incident), event)
    return found


def after(incident: Incident | None, event: Event) -> Incident:
    """The incident once this has happened; it is None before it was opened."""
    if incident is None:
        if not isinstance(event, Opened):
            raise ValueError(event)
        return Incident(event.alarm, event.at)
    match event:
        case Firing(argv=argv, attempt=attempt, at=at, by=by):
            return msgspec.structs.replace(incident, runs=(*incident.runs, Run(argv, attempt, at, by)))
        case Ended():
            return msgspec.structs.replace(incident, runs=tuple(_ended(run, event) for run in incident.runs))
        case Acked(because=because):
            return msgspec.structs.replace(incident, acked=because)
        case Released():
            runs = tuple(msgspec.structs.replace(run, released=True) for run in incident.runs)
            kept = tuple(old if old.result == "done" else new for old, new in zip(incident.runs, runs, strict=True))
            return msgspec.structs.replace(incident, runs=kept, acked=None)
        case Resolved(because=because):
            return msgspec.structs.replace(incident, resolved=because)
        case _:  # opened once more, by another clone
            return incident


def _ended(run: Run, event: Ended) -> Run:
    if (run.argv, run.attempt) != (event.argv, event.attempt):
        return run
    return msgspec.structs.replace(run, result=event.result, code=event.code, said=event.said)


def _check_header(line: bytes, file: str) -> None:
    if line + b"\n" != HEADER:
        raise _unreadable("its first line is another than this qops writes", Where(file, 1, 1), line)


def _unreadable(cause: str, where: Where, line: bytes) -> InputError:
    return InputError(
        f"no line of a ledger: {cause[:1].lower()}{cause[1:]}",
        where=where,
        hint="what was done is not known, so nothing is done: mend the line by hand, or take the file from git's past",
        excerpt=line.decode("utf-8", "backslashreplace")[:_LONGEST_EXCERPT],
    )
