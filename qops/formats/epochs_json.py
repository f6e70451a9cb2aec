"""Epochs as counts: a JSON array of objects with `at`, `counts`, and where they are known `calibration` and `job`."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from qops.errors import InputError
from qops.formats.epochs_csv import utc
from qops.model.drift import Epochs
from qops.model.where import Where


class Counted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The counts of one epoch, by outcomes."""

    at: str
    counts: dict[str, int]
    calibration: str = ""
    digest: str = ""
    job: str = ""


def read(data: bytes, file: str, success: Sequence[str]) -> Epochs:
    """What a file called `file` holds; a shot succeeds if its outcome matches one of `success`.

    Raises:
        InputError: with the place in the document.
    """
    return epochs(_decoded(data, file), file, success)


def counted(data: bytes, file: str) -> list[Counted]:
    """The counts as they are; all outcomes are as wide as the first.

    Raises:
        InputError: with the place in the document.
    """
    every = _decoded(data, file)
    last = None
    width = len(next(iter(every[0].counts), "")) if every else 0
    for place, each in enumerate(every):
        last = _moment(each, place, file, last)
        _refuse_counts(each, place, file, width)
    return every


def _decoded(data: bytes, file: str) -> list[Counted]:
    try:
        return msgspec.json.decode(data, type=list[Counted])
    except (msgspec.MsgspecError, UnicodeDecodeError) as problem:
        hint = 'an array of objects: [{"at": "2026-01-31T12:00:00Z", "counts": {"00": 480, "11": 520}}]'
        raise InputError(f"these are no epochs: {problem}", where=Where(file), hint=hint) from None


def epochs(every: Sequence[Counted], file: str, success: Sequence[str]) -> Epochs:
    """The same from counts that were read already."""
    last = None
    for place, each in enumerate(every):
        last = _moment(each, place, file, last)
        _refuse_counts(each, place, file, len(success[0]) if success else 0)
    shots = tuple(sum(each.counts.values()) for each in every)
    hits = tuple(sum(times for word, times in each.counts.items() if matches(word, success)) for each in every)
    return Epochs(
        tuple(utc(each.at) for each in every),
        tuple(datetime.fromisoformat(each.at).timestamp() for each in every),
        shots,
        hits,
        tuple(each.calibration for each in every),
        tuple(each.digest for each in every),
        tuple(each.job for each in every),
    )


def matches(outcome: str, patterns: Sequence[str]) -> bool:
    """Whether an outcome is one of those, `*` standing for either bit.

    >>> matches("010", ["000", "0*0"]), matches("01", ["0*0"])
    (True, False)
    """
    return any(
        len(outcome) == len(pattern) and all(want in ("*", bit) for want, bit in zip(pattern, outcome, strict=True))
        for pattern in patterns
    )


def _moment(each: Counted, place: int, file: str, last: float | None) -> float:
    try:
        found = datetime.fromisoformat(each.at)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        cause = f"epoch {place + 1}: `{each.at[:40]}` is no time with an offset"
        raise InputError(cause, where=Where(file), hint="for example 2026-01-31T12:00:00Z")
    if last is not None and found.timestamp() <= last:
        cause = f"epoch {place + 1}: {each.at} is not after the epoch before"
        raise InputError(cause, where=Where(file), hint="every epoch has its own time, and they ascend")
    return found.timestamp()


def _refuse_counts(each: Counted, place: int, file: str, width: int) -> None:
    for word, times in each.counts.items():
        if word.strip("01") or len(word) != width or times < 0:
            cause = f"epoch {place + 1}: `{word[:40]}`: {times} is no count of an outcome of {width} bits"
            raise InputError(cause, where=Where(file), hint="bits, bit 0 at the right, and how often they came")
    if not sum(each.counts.values()):
        raise InputError(f"epoch {place + 1} has no shots", where=Where(file), hint="take it out")
