"""Which of the blocks that were ever counted say something about an experiment as it is now."""

from collections.abc import Sequence

from qops.abtest.bases import bases
from qops.model.abtest import AbTestEntry
from qops.model.counts import Block


def fitting(entry: AbTestEntry, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks whose A can be read by the metric, and is the circuit that was A in the last of them."""
    wanted, widths = set(bases(entry.metric)), entry.metric.widths
    found = [block for block in blocks if (jobs := block.of("a")) and {job.basis for job in jobs} == wanted]
    found = [block for block in found if {len(o) for job in block.jobs for o in job.tally.times} == widths]
    newest = {job.tally.digest for block in found[-1:] for job in block.of("a")}
    return tuple(block for block in found if {job.tally.digest for job in block.of("a")} == newest)
