"""`qops ci`: init."""

from typing import Annotated

import typer

from qops.cli import commands, wiring
from qops.model.report import Report

EXAMPLES = ("qops ci init --github",)
INIT_EXAMPLES = ("qops ci init --github", "qops ci init --github --parts 8 --print", "qops ci init --gitlab --make")


def init(
    *,
    github: Annotated[bool, typer.Option("--github", help="A workflow for pull requests on GitHub.")] = False,
    gitlab: Annotated[bool, typer.Option("--gitlab", help="A pipeline for merge requests on GitLab.")] = False,
    pre_commit: Annotated[bool, typer.Option("--pre-commit", help="Hooks for pre-commit.")] = False,
    make: Annotated[bool, typer.Option("--make", help="Targets for a Makefile.")] = False,
    parts: Annotated[int, typer.Option("--parts", metavar="N", help="Compile in N jobs at a time.")] = 4,
    install: Annotated[
        str,
        typer.Option("--install", metavar="COMMAND", help="How a job installs qops; default: seen from your files."),
    ] = "",
    show: Annotated[bool, typer.Option("--print", help="Write nothing, and print what would be written.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file that holds something else.")] = False,
) -> Report:
    """Write what a CI system needs to gate compilation.

    Running it again changes nothing; a file that holds something else is left alone.
    """
    from qops.pipeline import ci

    asked = {"github": github, "gitlab": gitlab, "pre-commit": pre_commit, "make": make}
    kinds = [kind for kind, wanted in asked.items() if wanted]
    tree = wiring.work_tree()
    chosen = ci.setting(tree, parts, install)
    if show:
        from qops.cli import streams

        streams.write(ci.text(kinds, chosen))
        raise typer.Exit
    return ci.run(tree, kinds, chosen, force=force)


COMMANDS = commands.listed(
    commands.report(init, INIT_EXAMPLES),
)
