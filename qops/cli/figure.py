"""`--plot FILE`: the plots of a report as a picture, for the commands that have some."""

from pathlib import Path
from typing import Annotated

import typer

from qops.cli import streams
from qops.model.report import Report


def plot_file(name: str) -> Path:
    """The path of a picture; an error before the command has done anything where it could not be written."""
    from qops.render.figure import file

    path = Path(name)
    file.ending(path)
    return path


PlotFile = Annotated[
    Path | None,
    typer.Option("--plot", metavar="FILE", parser=plot_file, help="Write the plots to FILE: .svg, .png or .html."),
]


def write(report: Report, path: Path | None) -> Report:
    """The report, after its plots have been written to `path`, where one was given."""
    from qops.render.figure import file
    from qops.vault import atomic

    if path is None:
        return report
    if file.plots(report):
        atomic.write(path, file.content(path, report))
        streams.say(f"{path}\n")
    else:
        streams.say(f"{path} is not written: there is nothing to plot\n")
    return report
