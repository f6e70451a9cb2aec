"""The merge driver for OpenQASM files."""

from collections.abc import Sequence

from qops.drivers import merging
from qops.drivers.merging import Sides
from qops.hooks import merge_circuit
from qops.hooks.three_way import Merged
from qops.vault.git_process import Git
from qops.vault.line_merge import GitLines


def run(arguments: Sequence[str]) -> int:
    """Merge a circuit."""
    return merging.run(arguments, _merge)


def _merge(sides: Sides) -> Merged:
    lines = GitLines(Git(sides.root), sides.marker)
    return merge_circuit.merge(sides.ours, sides.base, sides.theirs, sides.path, lines)
