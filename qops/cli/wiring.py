"""The only place that builds the real ports."""

from typing import TYPE_CHECKING

from qops import world

if TYPE_CHECKING:
    from qops.model.ports import Surroundings


def surroundings() -> "Surroundings":
    """What `doctor` looks at, from where the command was typed."""
    from qops.cli.surroundings import LocalSurroundings

    return LocalSurroundings(world.current_directory())
