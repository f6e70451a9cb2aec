"""Recorded counts: a CSV file with one outcome of one job a line, in blocks.

    block,order,arm,basis,outcome,count,shots,job,began_at,calibration,digest,seed
    1,a b,a,,000,480,1000,job-1,2026-01-31T12:00:00Z,1f0c…,77ab…,12

`order` are the block's arms in the order in which they ran. A block is whole when all its arms are there with all their
shots; a last block that is not was cut off, and is left out. Counts without blocks have the columns
`arm,outcome,count` alone.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

import msgspec

from qops.errors import InputError
from qops.formats import counts_quick
from qops.formats.conflicts import refuse_conflicts
from qops.formats.counts_totals import COLUMNS as TOTALS
from qops.formats.counts_totals import totals
from qops.formats.csv_fields import FieldError, quote, split
from qops.formats.problems import Problems
from qops.formats.text import decode
from qops.model.counts import Block, CountedJob, Counts, Tally
from qops.model.spelling import did_you_mean
from qops.model.where import Where

COLUMNS = "block,order,arm,basis,outcome,count,shots,job,began_at,calibration,digest,seed".split(",")
HEADER = (",".join(COLUMNS) + "\n").encode()
_DIGITS = 18
_MOST_BYTES = 512 * 2**20
_AGAIN = "take the file from the store again, or begin anew with `--restart`"

_OF_JOB = itemgetter(2, 3, 7, 11)
"""The fields that say which job a line is of; `_FACTS` are the same in all its lines, `_NUMBERS` are whole."""
_FACTS = (6, 8, 9, 10)
_SAME = itemgetter(*_FACTS)
_NUMBERS = (0, 5, 6, 11)

_Row = tuple[int, list[str]]
"""The number of a line, and its fields."""


class Recorded(msgspec.Struct, frozen=True):
    """What a file holds: blocks, or totals by arm; `torn` says that a block at its end was cut off."""

    blocks: tuple[Block, ...] = ()
    totals: dict[str, Counts] = {}
    torn: bool = False


def lines(block: Block) -> bytes:
    """The lines of a block.

    >>> job = CountedJob("a", "", Tally("d", {"0": 3, "1": 1}), "j", "", "c", 7)
    >>> print(lines(Block(1, ("a",), (job,))).decode(), end="")
    1,a,a,,0,3,4,j,,c,d,7
    1,a,a,,1,1,4,j,,c,d,7
    """
    return "".join(line for job in block.jobs for line in _job_lines(block, job)).encode()


def _job_lines(block: Block, job: CountedJob) -> Iterator[str]:
    before = f"{block.number},{' '.join(block.order)},{job.arm},{job.basis}"
    after = f"{job.tally.shots},{quote(job.job)},{job.began_at},{job.calibration},{job.tally.digest},{job.seed}"
    for outcome, count in sorted(job.tally.times.items()):
        yield f"{before},{outcome},{count},{after}\n"


def read(data: bytes, file: str) -> Recorded:
    """What a file called `file` holds.

    Raises:
        InputError: the only problem, or all of them as `ManyErrors`, each with its place.
    """
    if len(data) > _MOST_BYTES:
        raise InputError(f"more than {_MOST_BYTES // 2**20} MiB of counts are not read", where=Where(file))
    text = decode(data, file).replace("\r\n", "\n")
    refuse_conflicts(text, file, "keep one side: blocks of two runs do not mix")
    header, _, after = text.partition("\n")
    if header == ",".join(COLUMNS):
        quickly = counts_quick.read(after)
        return Recorded(quickly) if quickly is not None else _carefully(text, file)
    if header == ",".join(TOTALS):
        return Recorded(totals=totals(text.split("\n"), file))
    hint = did_you_mean(header, [",".join(COLUMNS), ",".join(TOTALS)])
    hint = hint or "begin with the line `arm,outcome,count`, or give a file that `qops abtest run` wrote"
    raise InputError("the header is not that of recorded counts", where=Where(file, 1, 1), hint=hint)


def _carefully(text: str, file: str) -> Recorded:
    *whole, rest = text.split("\n")
    return _Reader(whole, file).read(torn=bool(rest))


class _Reader:
    """Reads the blocks of one file."""

    def __init__(self, every: Sequence[str], file: str) -> None:
        self._every = every
        self._file = file
        self._problems = Problems(every, file)

    def read(self, *, torn: bool) -> Recorded:
        rows = [(number, _fields(line, number)) for number, line in enumerate(self._every[1:], 2)]
        for row in rows:
            if not _is_right(row[1]):
                self._refuse(row)
        self._problems.raise_any()
        groups = [list(group) for _, group in groupby(rows, key=lambda row: row[1][:2])]
        self._refuse_repeats(groups)
        found = [self._block(group) for group in groups]
        cut = bool(found) and not found[-1][1]
        for (block, whole), group in zip(found[:-1], groups, strict=False):
            if not whole:
                self._say(f"block {block.number} is not whole", group[-1], 0)
        self._problems.raise_any()
        return Recorded(tuple(block for block, whole in found if whole), torn=torn or cut)

    def _say(self, cause: str, row: _Row, field: int, hint: str = _AGAIN) -> None:
        number, fields = row
        column = 1 + sum(len(text) + 1 for text in fields[:field])
        self._problems.add(cause, Where(self._file, number, column), hint)

    def _refuse(self, row: _Row) -> None:
        """Say all that is wrong with a line."""
        fields = row[1]
        if len(fields) != len(COLUMNS):
            cause = f"{len(fields)} fields, where the header has {len(COLUMNS)}: the line is torn"
            self._say(cause, row, min(len(fields), len(COLUMNS)) - 1)
            return
        for at in _NUMBERS:
            if not _is_number(fields[at]):
                self._say(f"`{fields[at][:40]}` is no {COLUMNS[at]}: a whole number from 0 up", row, at)
        if not fields[4] or fields[4].strip("01"):
            self._say(f"`{fields[4][:40]}` is no outcome: bits, bit 0 at the right", row, 4)
        if _is_number(fields[5]) and _is_number(fields[6]) and int(fields[5]) > int(fields[6]):
            self._say(f"{fields[5]} of {fields[6]} shots is a probability above 1", row, 5)

    def _block(self, rows: Sequence[_Row]) -> tuple[Block, bool]:
        """The block of these lines, and whether it is whole: all arms in their order, with all their shots."""
        order = tuple(rows[0][1][1].split())
        jobs, whole = [], True
        for _, group in groupby(rows, key=lambda row: _OF_JOB(row[1])):
            members = list(group)
            self._same(members)
            fields = members[0][1]
            tally = Tally(fields[10], {each[4]: int(each[5]) for _, each in members})
            jobs.append(CountedJob(fields[2], fields[3], tally, fields[7], fields[8], fields[9], int(fields[11])))
            whole = whole and tally.shots == int(fields[6]) > 0
        block = Block(int(rows[0][1][0]), order, tuple(jobs))
        return block, whole and counts_quick.is_whole(block)

    def _same(self, rows: Sequence[_Row]) -> None:
        """A job's lines tell the same of it, and no outcome twice."""
        first = rows[0][1]
        facts = _SAME(first)
        outcomes = {fields[4] for _, fields in rows}
        alike = len(outcomes) == len(rows) and len({*map(len, outcomes)}) == 1
        if alike and all(_SAME(fields) == facts for _, fields in rows):
            return
        seen: set[str] = set()
        for row in rows:
            fields = row[1]
            for at in _FACTS if _SAME(fields) != facts else ():
                if fields[at] != first[at]:
                    self._say(f"the {COLUMNS[at]} is another one than in the job's first line", row, at)
            if len(fields[4]) != len(first[4]):
                self._say(f"`{fields[4]}` has {len(fields[4])} bits, the job's first outcome {len(first[4])}", row, 4)
            if fields[4] in seen:
                self._say(f"the outcome `{fields[4]}` is here for the second time", row, 4)
            seen.add(fields[4])

    def _refuse_repeats(self, groups: Sequence[Sequence[_Row]]) -> None:
        seen: set[str] = set()
        for row, *_ in groups:
            if row[1][0] in seen:
                self._say(f"block {row[1][0]} is here for the second time", row, 0)
            seen.add(row[1][0])


def _fields(line: str, number: int) -> list[str]:
    """The fields of a line; those of one with quotes at more cost. What is no CSV has no fields."""
    if '"' not in line:
        return line.split(",")
    try:
        return [field.text for field in split(line, number)]
    except FieldError:
        return [line]


def _is_right(fields: Sequence[str]) -> bool:
    if len(fields) != len(COLUMNS):
        return False
    block, _, _, _, outcome, count, shots, _, _, _, _, seed = fields
    if not (_is_number(block) and _is_number(count) and _is_number(shots) and _is_number(seed)):
        return False
    return bool(outcome) and not outcome.strip("01") and int(count) <= int(shots)


@lru_cache(maxsize=4096)
def _is_number(text: str) -> bool:
    return text.isdecimal() and text.isascii() and len(text) <= _DIGITS
