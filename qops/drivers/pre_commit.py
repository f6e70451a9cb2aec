"""`qops-pre-commit`: whether the circuits that are staged are those that the staged lock records."""

import sys
from collections.abc import Sequence

from qops import world
from qops.drivers import checking
from qops.hooks import staged
from qops.model.report import Report
from qops.readers.sources import LocalSources
from qops.vault.git_index import StagedTree
from qops.vault.root import find_root


def main() -> int:
    """The program."""
    return run(sys.argv[1:])


def run(_arguments: Sequence[str]) -> int:
    """Check, and say nothing if all is well."""
    return checking.run(_check)


def _check() -> Report:
    tree = StagedTree(find_root(world.current_directory()))
    return staged.check(tree, LocalSources(tree))
