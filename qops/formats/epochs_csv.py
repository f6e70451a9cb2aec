"""The epochs of a watch: a CSV file with one epoch a line, to which lines are only ever added.

    at,shots,successes,calibration,digest,job
    2026-01-31T12:00:00Z,1000,951,1f0c…,77ab…,job-1

A file that is recorded may leave out the last three columns. Times carry their offset, and ascend.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice, pairwise

from qops.errors import InputError
from qops.formats.conflicts import refuse_conflicts
from qops.formats.csv_fields import FieldError, quote, split
from qops.formats.problems import Problems
from qops.formats.text import decode
from qops.model.drift import Epochs
from qops.model.where import Where

COLUMNS = ("at", "shots", "successes", "calibration", "digest", "job")
HEADER = (",".join(COLUMNS) + "\n").encode()
_NEEDED = 3
_MOST_BYTES = 512 * 2**20
MOST_SHOTS = 10**9


def lines(epochs: Epochs, begin: int = 0) -> bytes:
    r"""The lines of epochs, from the `begin`-th on.

    >>> lines(Epochs(("2026-01-31T12:00:00Z",), (0.0,), (100,), (95,), ("c",), ("d",), ("job 1",)))
    b'2026-01-31T12:00:00Z,100,95,c,d,job 1\n'
    """
    counts = (map(str, epochs.shots), map(str, epochs.successes))
    jobs = map(quote, epochs.job) if any(epochs.job) else epochs.job
    rows = zip(epochs.at, *counts, epochs.calibration, epochs.digest, jobs, strict=True)
    return "".join(f"{row}\n" for row in map(",".join, islice(rows, begin, None))).encode()


def read(data: bytes, file: str) -> Epochs:
    """What a file called `file` holds; a last line without its line feed was cut off, and is left out.

    Raises:
        InputError: the only problem, or all of them as `ManyErrors`, each with its place.
    """
    if len(data) > _MOST_BYTES:
        raise InputError(f"more than {_MOST_BYTES // 2**20} MiB of epochs are not read", where=Where(file))
    text = decode(data, file).replace("\r\n", "\n")
    refuse_conflicts(text, file, "keep the lines of both sides, in the order of their times")
    *whole, rest = text.split("\n")
    header = tuple((whole or [rest])[0].split(","))
    if header != COLUMNS[: max(len(header), _NEEDED)]:
        hint = f"begin with `{','.join(COLUMNS[:_NEEDED])}`, or with `{','.join(COLUMNS)}`"
        raise InputError("the header is not that of epochs", where=Where(file, 1, 1), hint=hint)
    rows = [line.split(",") if '"' not in line else _quoted(line, number) for number, line in enumerate(whole[1:], 2)]
    found = _columns(rows, len(header), torn=bool(rest))
    if found is None:
        raise _problems(whole, rows, len(header), file)
    return found


def _quoted(line: str, number: int) -> list[str]:
    """The fields of a line with quotes; none where they do not close."""
    try:
        return [field.text for field in split(line, number)]
    except FieldError:
        return []


def _columns(rows: Sequence[list[str]], width: int, *, torn: bool) -> Epochs | None:
    """All at once; None where any line is wrong."""
    if any(len(row) != width for row in rows):
        return None
    empty = ("",) * len(rows)
    columns: list[tuple[str, ...]] = list(zip(*rows, strict=True)) or [()] * width
    at, shots, successes, *others = columns
    try:
        moments = [datetime.fromisoformat(moment) for moment in at]
        counted, hits = tuple(map(int, shots)), tuple(map(int, successes))
    except ValueError:
        return None
    if any(moment.tzinfo is None for moment in moments):
        return None
    times = tuple(moment.timestamp() for moment in moments)
    plain = tuple(moment if moment[-1] == "Z" else utc(moment) for moment in at)
    calibration, digest, job = (*others, *((empty,) * (3 - len(others))))
    right = (
        all(before < after for before, after in pairwise(times))
        and all(0 <= hit <= shot for hit, shot in zip(hits, counted, strict=True))
        and all(0 < shot <= MOST_SHOTS for shot in counted)
    )
    return Epochs(plain, times, counted, hits, calibration, digest, job, torn) if right else None


def utc(moment: str) -> str:
    """A time with any offset, in UTC.

    >>> utc("2026-01-31T13:00:00+01:00")
    '2026-01-31T12:00:00Z'
    """
    return datetime.fromisoformat(moment).astimezone(UTC).isoformat().replace("+00:00", "Z")


def _problems(every: Sequence[str], rows: Sequence[list[str]], width: int, file: str) -> InputError:
    """What is wrong, line by line."""
    problems = Problems(every, file)
    last: float | None = None
    for number, row in enumerate(rows, 2):
        for field, cause, hint in _faults(row, width, last):
            column = 1 + sum(len(text) + 1 for text in row[:field])
            problems.add(cause, Where(file, number, column), hint)
        last = _moment(next(iter(row), "")) or last
    problems.raise_any()
    raise AssertionError("a file that is not right has a fault in a line")


def _moment(text: str) -> float | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.timestamp() if found.tzinfo else None


def _faults(row: list[str], width: int, last: float | None) -> Iterator[tuple[int, str, str]]:
    if not row:
        yield 0, "a quote is not closed, or is where none can be", "take the line out"
        return
    if len(row) != width:
        yield 0, f"{len(row)} fields, where the header has {width}: the line is torn", "take the line out"
        return
    moment = _moment(row[0])
    if moment is None:
        yield 0, f"`{row[0][:40]}` is no time with an offset", "for example 2026-01-31T12:00:00Z"
    elif last is not None and moment <= last:
        cause = (
            "the time is that of the line before" if moment == last else "the time is before that of the line before"
        )
        yield 0, cause, "every epoch has its own time, and they ascend"
    for field, name in ((1, "shots"), (2, "successes")):
        if not (row[field].isascii() and row[field].isdigit()) or int(row[field]) > MOST_SHOTS:
            yield field, f"`{row[field][:40]}` is no number of {name}", "a whole number"
            return
    if int(row[1]) == 0:
        yield 1, "an epoch of no shots says nothing", "take the line out"
    elif int(row[2]) > int(row[1]):
        yield 2, f"{row[2]} successes in {row[1]} shots", "successes are among the shots"
