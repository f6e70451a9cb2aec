"""The options that several commands share, each defined once."""

from pathlib import Path
from typing import Annotated

import typer

Format = Annotated[
    str, typer.Option("--format", metavar="FORMAT", help="How to write the report: terminal, json, markdown or junit.")
]
Json = Annotated[bool, typer.Option("--json", help="Short for --format json.")]
Output = Annotated[Path | None, typer.Option("--output", metavar="FILE", help="Write the report to FILE.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print no report; the exit code answers.")]
Directory = Annotated[
    Path | None,
    typer.Option("--directory", "-C", metavar="DIR", exists=True, file_okay=False, help="Run as if started in DIR."),
]
Version = Annotated[bool, typer.Option("--version", help="Print the version and exit.")]
