"""The merge driver for `qops.lock`."""

from collections.abc import Sequence

from qops.drivers import merging
from qops.hooks import merge_lock


def run(arguments: Sequence[str]) -> int:
    """Merge a lock."""
    return merging.run(
        arguments, lambda sides: merge_lock.merge(sides.ours, sides.base, sides.theirs, sides.path, sides.marker)
    )
