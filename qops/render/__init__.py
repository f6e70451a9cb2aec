"""Floor 4: a `Report` in, text out.

A renderer is a module with a `render` function, listed by name in `RENDERERS` and imported when it is asked for.
Others may be installed: see `qops.render.installed`.
"""

from importlib import import_module
from typing import Protocol, cast

from qops.model.report import Report
from qops.render.surface import Surface

RENDERERS = {
    "terminal": "qops.render.terminal",
    "json": "qops.render.json",
    "markdown": "qops.render.markdown",
    "junit": "qops.render.junit",
    "github": "qops.render.github",
    "openmetrics": "qops.render.openmetrics",
    "html": "qops.render.html",
}


class Renderer(Protocol):
    """What a renderer's module offers: the same report and surface give the same text, ending in one newline."""

    def render(self, report: Report, surface: Surface, /) -> str:
        """The report as text."""


def built_in(name: str) -> Renderer:
    """The renderer called `name`, a key of `RENDERERS`."""
    return cast("Renderer", import_module(RENDERERS[name]))
