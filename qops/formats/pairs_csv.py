"""Measured pairs of rows as CSV: a kernel on a device, entry by entry, in the order in which it was measured."""

from collections.abc import Sequence

from qops.formats.csv_fields import FieldError, quote, split
from qops.formats.problems import Problems
from qops.formats.text import decode
from qops.model.kernels import PairCount
from qops.model.where import Where

COLUMNS = ("left", "right", "zeros", "shots", "job", "began_at", "calibration", "states")
HEADER = (",".join(COLUMNS) + "\n").encode()
_NUMBERS = 4


def write(counts: Sequence[PairCount]) -> bytes:
    r"""The lines of some pairs, without the header.

    >>> write([PairCount(0, 1, 7, 10, "job-1", "2026-01-31T12:00:00Z", "", "abc")])
    b'0,1,7,10,job-1,2026-01-31T12:00:00Z,,abc\n'
    """
    rows = [[str(getattr(count, name)) for name in COLUMNS] for count in counts]
    return "".join(",".join(quote(text) if text else "" for text in row) + "\n" for row in rows).encode()


def read(data: bytes, file: str) -> tuple[PairCount, ...]:
    """The pairs in a file called `file`; what a killed writer left of a last line is left out.

    Raises:
        InputError: the only problem, or all of them as `ManyErrors`.
    """
    whole = data[: data.rfind(b"\n") + 1]
    if not whole:
        return ()
    lines = decode(whole, file).split("\n")[:-1]
    problems = Problems(lines, file)
    if lines[0] != HEADER.decode().rstrip("\n"):
        problems.add("the columns are not those of measured pairs", Where(file, 1, 1), f"they are {', '.join(COLUMNS)}")
        problems.stop()
    found = [count for number, line in enumerate(lines[1:], 2) if (count := _count(line, number, file, problems))]
    problems.raise_any()
    return tuple(found)


def _count(line: str, number: int, file: str, problems: Problems) -> PairCount | None:
    try:
        fields = split(line, number)
    except FieldError as error:
        problems.add(error.cause, Where(file, number, error.column))
        return None
    if len(fields) != len(COLUMNS):
        problems.add(f"{len(fields)} fields, where the header has {len(COLUMNS)}", Where(file, number, 1))
        return None
    for field, column in zip(fields[:_NUMBERS], COLUMNS, strict=False):
        if not (field.text.isascii() and field.text.isdigit()):
            problems.add(f"`{column}` is `{field.text[:40]}`, no number", Where(file, number, field.column))
            return None
    left, right, zeros, shots = (int(field.text) for field in fields[:_NUMBERS])
    if not left < right or not zeros <= shots or not shots:
        problems.add("these are no counts of a pair", Where(file, number, 1), "left < right, and zeros ≤ shots")
        return None
    return PairCount(left, right, zeros, shots, *(field.text for field in fields[_NUMBERS:]))
