"""Recorded counts of which nothing is wrong, many lines at once: lines of a job share all but outcome and count.

It never says what is wrong: what is not plainly right is left to the careful reader, which names it.
"""

import re
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from qops.model.counts import Block, CountedJob, Tally

_LINE = re.compile(r'^([0-9]{1,18},[^,"\n]*,[^,"\n]*,[^,"\n]*),([01]+),([0-9]{1,18}),([^"\n]*)$', re.MULTILINE)
"""What is before the outcome, the outcome, its count, and what is after."""
_AFTER = 6
_NUMBER = re.compile("[0-9]{1,18}")

_Line = tuple[str, str, str, str]
_Job = tuple[str, str, CountedJob]
"""The number and the order of its block, and a job."""


def read(text: str) -> tuple[Block, ...] | None:
    r"""The blocks of the lines after a header; None where they have to be read with care.

    >>> [block.number for block in read("1,a,a,,0,3,4,j,,c,d,7\n1,a,a,,1,1,4,j,,c,d,7\n") or ()]
    [1]
    >>> read("1,a,a,,0,3,4,j,,c,d,7\n")
    """
    found = _LINE.findall(text)
    if not found or len(found) != text.count("\n") or not text.endswith("\n"):
        return None
    jobs = [_job(list(lines)) for _, lines in groupby(found, itemgetter(0, 3))]
    whole = [job for job in jobs if job is not None]
    if len(whole) != len(jobs):
        return None
    blocks = tuple(
        Block(int(number), tuple(order.split()), tuple([job for _, _, job in own]))
        for (number, order), own in groupby(whole, itemgetter(0, 1))
    )
    numbers = {block.number for block in blocks}
    return blocks if len(numbers) == len(blocks) and all(map(is_whole, blocks)) else None


def _job(lines: Sequence[_Line]) -> _Job | None:
    """The job of these lines; None where an outcome is there twice or a shot is missing."""
    before, outcome, _, after = lines[0]
    rest = after.split(",")
    if len(rest) != _AFTER or not (_NUMBER.fullmatch(rest[0]) and _NUMBER.fullmatch(rest[-1])):
        return None
    times = {outcome: int(count) for _, outcome, count, _ in lines}
    alike = len(times) == len(lines) and all(len(each) == len(outcome) for each in times)
    if not alike or not sum(times.values()) == int(rest[0]) > 0:
        return None
    number, order, arm, basis = before.split(",")
    _, job, began_at, calibration, digest, seed = rest
    return number, order, CountedJob(arm, basis, Tally(digest, times), job, began_at, calibration, int(seed))


def is_whole(block: Block) -> bool:
    """Whether its arms are all there, in their order, none of them twice."""
    ran = [(job.arm, job.basis) for job in block.jobs]
    return tuple(dict.fromkeys(arm for arm, _ in ran)) == block.order and len(set(ran)) == len(ran)
