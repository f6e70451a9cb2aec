"""The merge driver for the `.dvc` file of the store."""

from collections.abc import Sequence

from qops.drivers import merging
from qops.drivers.merging import Sides
from qops.hooks import merge_artifacts
from qops.hooks.three_way import Merged
from qops.vault.lock import RepositoryLock
from qops.vault.store_versions import StoreVersions


def run(arguments: Sequence[str]) -> int:
    """Merge a tracked directory."""
    return merging.run(arguments, _merge)


def _merge(sides: Sides) -> Merged:
    lock = RepositoryLock(sides.root, f"merging {sides.path}")
    versions = StoreVersions(sides.root, sides.path, lock)
    return merge_artifacts.merge(sides.ours, sides.base, sides.theirs, sides.path, versions)
