"""What a run of an A/B test is to be, written down before anything is counted, as JSON."""

import msgspec

from qops.errors import InputError
from qops.model.abtest import AbTestEntry, Peek
from qops.model.where import Where

VERSION = 1


class Protocol(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The plan of a run.

    `asked` are the questions as the manifest put them, name to JSON text; `digests` the arms' by name. `seed` gives the
    order of the arms in every block and the seeds of jobs. `peek` says that the run may end after any block; `unit` is
    the standard deviation of a difference that its test then counts in.
    """

    version: int
    began_at: str
    asked: dict[str, str]
    arms: dict[str, str]
    digests: dict[str, str]
    seed: int
    peek: bool
    unit: float


QUESTIONS = (
    "backend",
    "metric",
    "goal",
    "margin",
    "alpha",
    "blocks",
    "shots",
    "family",
    "correction",
    "guardrails",
    "compiled",
)
"""What may not change once counting has begun."""


def asked(entry: AbTestEntry) -> dict[str, str]:
    """The questions of an entry, each as JSON text; the rule for looking only where it is another than the usual."""
    names = QUESTIONS if entry.peek == Peek() else (*QUESTIONS, "peek")
    return {name: msgspec.json.encode(getattr(entry, name)).decode() for name in names}


def differences(protocol: Protocol, entry: AbTestEntry) -> tuple[tuple[str, str, str], ...]:
    """The questions that the manifest puts otherwise now: name, then, now."""
    now = asked(entry)
    names = sorted({*protocol.asked, *now})
    told = ((name, protocol.asked.get(name, "absent"), now.get(name, "absent")) for name in names)
    return tuple((name.replace("compiled", "compile"), old, new) for name, old, new in told if old != new)


def write(protocol: Protocol) -> bytes:
    """The file."""
    return msgspec.json.format(msgspec.json.encode(protocol, order="deterministic"), indent=2) + b"\n"


def read(data: bytes, file: str) -> Protocol:
    """The plan in a file called `file`.

    Raises:
        InputError: it is none.
    """
    try:
        found = msgspec.json.decode(data, type=Protocol)
    except (msgspec.DecodeError, UnicodeDecodeError) as problem:
        hint = "take it from the store again, or begin anew with `--restart`"
        raise InputError(f"this is no plan of an A/B test: {problem}", where=Where(file, 1, 1), hint=hint) from None
    if found.version != VERSION:
        cause = f"the plan is of version {found.version}; this qops reads version {VERSION}"
        raise InputError(cause, where=Where(file, 1, 1), hint="use the qops that wrote it")
    return found
