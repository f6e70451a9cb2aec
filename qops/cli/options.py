"""The options that several commands share, each defined once."""

from math import isfinite, nan
from pathlib import Path
from typing import Annotated

import typer

from qops.render import RENDERERS


def format_name(name: str) -> str:
    """The name of a renderer, built in or installed; an `InputError` before the command has done anything."""
    if name not in RENDERERS:
        from qops.render.installed import installed

        installed(name)
    return name


Format = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="FORMAT",
        parser=format_name,
        help="How to write the report: terminal, json, markdown, junit, github, openmetrics or html.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Short for --format json.")]
Output = Annotated[Path | None, typer.Option("--output", metavar="FILE", help="Write the report to FILE.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print no report; the exit code answers.")]
Directory = Annotated[
    Path | None,
    typer.Option("--directory", "-C", metavar="DIR", exists=True, file_okay=False, help="Run as if started in DIR."),
]
Version = Annotated[bool, typer.Option("--version", help="Print the version and exit.")]
Names = Annotated[list[str] | None, typer.Argument(metavar="NAME...", help="Circuits of the manifest.")]
Name = Annotated[str | None, typer.Argument(metavar="NAME", help="A circuit of the manifest.")]


def radians(given: str | float) -> float:
    """A finite angle in radians that is not negative, from its text, or from the default.

    >>> radians("1e-6")
    1e-06
    """
    text = str(given)
    try:
        value = float(text)
    except ValueError:
        value = nan
    if not (isfinite(value) and value >= 0 and text.isascii() and "_" not in text):
        raise typer.BadParameter(f"{text!r} is not a number of radians from zero up.")
    return value


Tolerance = Annotated[
    float,
    typer.Option("--tolerance", metavar="RAD", parser=radians, help="Angles this close, in radians, are the same."),
]
