"""What amplitude estimation saw of circuits on a backend, look by look, as JSON."""

import msgspec

from qops.errors import InputError
from qops.model.where import Where

VERSION = 1


class Look(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Shots of one arm after so many Grover iterations; `mirror` for the circuit and its inverse, which passes always.

    `job`, `began_at`, `calibration` and `seed` are as the backend gave them.
    """

    arm: str
    iterations: int
    mirror: bool
    shots: int
    passed: int
    job: str
    began_at: str
    calibration: str
    seed: int


class Looks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All looks in their order, what was asked, name to JSON text, and the digests of the arms."""

    version: int
    asked: dict[str, str]
    digests: dict[str, str]
    looks: tuple[Look, ...] = ()


def write(looks: Looks) -> bytes:
    """The file."""
    return msgspec.json.format(msgspec.json.encode(looks, order="deterministic"), indent=2) + b"\n"


def read(data: bytes, file: str) -> Looks:
    """The looks in a file called `file`.

    Raises:
        InputError: it holds none, or what cannot have been seen.
    """
    try:
        found = msgspec.json.decode(data, type=Looks)
    except (msgspec.DecodeError, UnicodeDecodeError) as problem:
        raise _refused(f"this is no record of amplitude estimation: {problem}", file) from None
    if found.version != VERSION:
        raise _refused(f"the record is of version {found.version}; this qops reads version {VERSION}", file)
    for number, look in enumerate(found.looks, 1):
        if not 0 <= look.passed <= look.shots or look.iterations < 0:
            raise _refused(f"look {number} cannot be: {look.passed} of {look.shots} shots pass", file)
    return found


def _refused(cause: str, file: str) -> InputError:
    return InputError(cause, where=Where(file, 1, 1), hint="take it from the store again, or begin anew: `--restart`")
