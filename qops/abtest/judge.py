"""`qops abtest judge`: the decision from recorded counts alone, the same every time."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from qops.abtest import checks
from qops.abtest.checks import Checked
from qops.abtest.decide import Decision, by_flips, corrections, decide
from qops.abtest.describe import Told, describe
from qops.abtest.entries import find, path
from qops.abtest.looking import method as looked_method
from qops.abtest.pairs import must_fit, pairs
from qops.abtest.prior import prior
from qops.abtest.record import Record
from qops.errors import InconclusiveError, InputError
from qops.formats import counts_csv
from qops.formats.counts_csv import Recorded
from qops.formats.manifest_abtests_rules import FEWEST_BLOCKS
from qops.formats.protocol_json import Protocol
from qops.model.abtest import AbTestEntry
from qops.model.counts import Block, Counts
from qops.model.ports import Ports
from qops.model.report import Report
from qops.model.wording import counted
from qops.recorded import repository


class Judged(msgspec.Struct, frozen=True):
    """Blocks that count, what they say, and what makes the experiment invalid; `dropped` are blocks that do not count.

    `short` says that a run which was not to be looked at has not come to its end.
    """

    blocks: tuple[Block, ...]
    decisions: tuple[Decision, ...]
    checks: tuple[Checked, ...]
    method: str
    corrections: tuple[str, ...]
    dropped: tuple[int, ...] = ()
    short: str = ""


ByTotals = Callable[[AbTestEntry, str, Mapping[str, Counts], Sequence[Block], str], Report]
"""What judges counts without blocks: of an entry, on a kind of backend, by arm, beside all blocks ever counted."""


def run(ports: Ports, name: str, file: Path | None = None, by_totals: ByTotals | None = None) -> Report:
    """Judge the counts of an A/B test, or those in `file`.

    Args:
        ports: the doors to the world.
        name: of the A/B test.
        file: other counts than those that were run.
        by_totals: `qops.abtest.unblocked.run`, which takes longer to import than most blocks to judge.

    Raises:
        InputError: the counts cannot be read, or are of another experiment.
        InconclusiveError: nothing was counted yet.
    """
    manifest, entry = find(ports.tree, name)
    record = Record(ports, name)
    place = record.place() if file is None else str(file)
    recorded = _read(ports, name, file, place)
    protocol = record.protocol() if file is None else None
    backend = repository.backend(manifest, entry.backend)
    if recorded.totals and by_totals:
        return by_totals(entry, backend.kind, recorded.totals, record.past(), place)
    must_fit(entry, recorded.blocks, place)
    found = judge(entry, recorded.blocks, protocol)
    known = prior(entry, backend.kind, found.blocks)
    return describe(Told(entry, backend, protocol, known=known, torn=recorded.torn, **msgspec.structs.asdict(found)))


def judge(entry: AbTestEntry, blocks: Sequence[Block], protocol: Protocol | None = None) -> Judged:
    """What blocks say; pure.

    Raises:
        InconclusiveError: too few of them count.
    """
    good = tuple(block for block in blocks if len(block.calibrations) == 1)
    dropped = tuple(block.number for block in blocks if len(block.calibrations) != 1)
    looked = protocol is not None and protocol.peek
    if len(good) < (2 if looked else FEWEST_BLOCKS):
        least = f"{FEWEST_BLOCKS} are the least" if not looked else "2 are the least"
        cause = f"{counted(len(good), 'block')} cannot decide anything: {least}"
        raise InconclusiveError(cause, hint=f"`qops abtest run {entry.name}` counts the rest")
    found = pairs(entry, good)
    unit = protocol.unit if protocol is not None and looked else None
    method = looked_method(entry, unit) if unit is not None else by_flips(found)
    return Judged(
        blocks=good,
        decisions=decide(entry, found, method),
        checks=checks.check(entry, good, found, protocol),
        method=method.name,
        corrections=corrections(entry, found, method),
        dropped=dropped,
        short=_short(entry, good, protocol),
    )


def _short(entry: AbTestEntry, good: Sequence[Block], protocol: Protocol | None) -> str:
    if protocol is None or protocol.peek or len(good) >= entry.blocks:
        return ""
    return f"{len(good)} of {entry.blocks} blocks are counted, and it was not planned to look before the end"


def _read(ports: Ports, name: str, file: Path | None, place: str) -> Recorded:
    data = ports.series().read(path(name)) if file is None else ports.anywhere.read(file)
    if data is None and file is not None:
        raise InputError(f"there is no file {file}", hint="name a file of counts")
    found = Recorded() if data is None else counts_csv.read(data, place)
    if not found.blocks and not found.totals:
        raise InconclusiveError(f"nothing was counted of `{name}` yet", hint=f"`qops abtest run {name}` counts")
    return found
