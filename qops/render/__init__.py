"""Floor 4: a `Report` in, text out.

A renderer is a module with a `render` function, listed by name in `RENDERERS` and imported when it is asked for.
Others may be installed under the entry-point group `qops.renderers`; they are looked up only when a name is not
built in.
"""

from importlib import import_module
from importlib.metadata import entry_points
from typing import Protocol, cast

from qops.errors import InputError
from qops.model.report import Report
from qops.render.surface import Surface

RENDERERS = {
    "terminal": "qops.render.terminal",
    "json": "qops.render.json",
    "markdown": "qops.render.markdown",
    "junit": "qops.render.junit",
}


class Renderer(Protocol):
    """What a renderer's module offers: the same report and surface give the same text, ending in one newline."""

    def render(self, report: Report, surface: Surface, /) -> str:
        """The report as text."""


def renderer(name: str) -> Renderer:
    """The renderer called `name`, built in or installed; `InputError` where there is none."""
    if name in RENDERERS:
        return cast("Renderer", import_module(RENDERERS[name]))
    for entry_point in entry_points(group="qops.renderers", name=name):
        return cast("Renderer", entry_point.load())
    raise InputError(f"there is no output format {name!r}", hint=f"the formats are {', '.join(RENDERERS)}")
