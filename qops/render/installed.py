"""Renderers of other packages, under the entry-point group `qops.renderers`.

Apart from the built-in ones because reading what is installed costs as much as all the rest of starting up.
"""

from importlib.metadata import entry_points
from typing import cast

from qops.errors import InputError
from qops.render import RENDERERS, Renderer


def installed(name: str) -> Renderer:
    """The renderer that another package offers as `name`; `InputError` where none does."""
    for entry_point in entry_points(group="qops.renderers", name=name):
        return cast("Renderer", entry_point.load())
    raise InputError(f"there is no output format {name!r}", hint=f"the formats are {', '.join(RENDERERS)}")
