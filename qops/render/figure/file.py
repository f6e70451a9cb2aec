"""The plots of a report as a file, by the end of its name: `.svg`, `.png` or `.html`."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import PurePath
from typing import Protocol, cast

from qops.errors import EnvironmentFault, InputError
from qops.model.report import Plot, Report
from qops.render import html
from qops.render.surface import Surface

_WRITERS = {".svg": "qops.render.figure.svg", ".png": "qops.render.figure.png"}
ENDINGS = (*_WRITERS, ".html")


class Writer(Protocol):
    """What the module of a kind of picture offers."""

    def document(self, plots: Sequence[Plot], /) -> bytes:
        """The plots below each other."""


def ending(path: PurePath) -> str:
    """The ending of a path, if it can be written here; to be asked before a command has done anything.

    Raises:
        InputError: it is none of `ENDINGS`.
        EnvironmentFault: it is `.png`, and Pillow is not installed.
    """
    found = path.suffix.lower()
    if found not in ENDINGS:
        listed = f"{', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}"
        raise InputError(f"{path.name} is no name for a plot", hint=f"let it end in {listed}")
    if found in _WRITERS:
        _writer(found)
    return found


def content(path: PurePath, report: Report) -> bytes:
    """What is to be in the file: all the plots of the report below each other, or as HTML the whole report."""
    found = ending(path)
    return _writer(found).document(plots(report)) if found in _WRITERS else html.render(report, Surface()).encode()


def plots(report: Report) -> tuple[Plot, ...]:
    """All the plots of a report, those of its sections first."""
    return (*(plot for section in report.sections for plot in section.plots), *report.plots)


def _writer(found: str) -> Writer:
    try:
        return cast("Writer", import_module(_WRITERS[found]))
    except ImportError:
        hint = "`pip install 'qops[plot]'`, or write it as .svg, which needs nothing"
        raise EnvironmentFault("a plot as PNG needs Pillow", hint=hint) from None
