"""Counts without blocks: `arm,outcome,count`, one outcome of one arm a line."""

from collections.abc import Sequence

from qops.formats.problems import Problems
from qops.model.counts import Counts
from qops.model.where import Where

COLUMNS = ("arm", "outcome", "count")
_DIGITS = 18


def totals(lines: Sequence[str], file: str) -> dict[str, Counts]:
    """Times by outcome by arm, from the lines of a file whose first is the header.

    Raises:
        InputError: the only problem, or all of them as `ManyErrors`.
    """
    problems = Problems(lines, file)
    found: dict[str, Counts] = {}
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        fields = [field.strip() for field in line.split(",")]
        cause = _fault(fields, found)
        if cause:
            problems.add(cause, Where(file, number, 1), "write `a,000,480`: the arm, its outcome, how often")
        else:
            found.setdefault(fields[0], {})[fields[1]] = int(fields[2])
    problems.raise_any()
    if not found:
        problems.add("there are no counts", Where(file, 1, 1), "one line for each outcome of each arm")
    problems.raise_any()
    return found


def _fault(fields: Sequence[str], found: dict[str, Counts]) -> str | None:
    if len(fields) != len(COLUMNS):
        return f"{len(fields)} fields, where the header has {len(COLUMNS)}"
    arm, outcome, count = fields
    if not outcome or outcome.strip("01"):
        return f"`{outcome[:40]}` is no outcome: bits, bit 0 at the right"
    if not (count.isascii() and count.isdecimal() and len(count) <= _DIGITS):
        return f"`{count[:40]}` is no count: a whole number from 0 up"
    known = found.get(arm, {})
    if outcome in known:
        return f"the outcome `{outcome}` of `{arm}` is here for the second time"
    if known and len(next(iter(known))) != len(outcome):
        return f"`{outcome}` has {len(outcome)} bits, the arm's first outcome {len(next(iter(known)))}"
    return None
