"""Commands that are built when they are asked for, and the groups that list them under headings."""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, cast

import typer
from typer.core import TyperGroup

from qops.cli.reporting import reporting
from qops.cli.usage import unknown_command
from qops.errors import ExitCode
from qops.model.report import Report

if TYPE_CHECKING:
    from typer._click import Command, Context, HelpFormatter

_HEADING = "Commands"


class Entry(NamedTuple):
    """A command before it is built: all that the list of commands says about it."""

    name: str
    heading: str
    summary: str
    build: "Callable[[], Command]"


class Commands(TyperGroup):
    """A group that builds a command when it is typed, and lists all of them without building any."""

    entries: Mapping[str, Entry] = {}

    def list_commands(self, ctx: "Context") -> list[str]:  # noqa: ARG002
        """The names, in the order of their registration."""
        return list(self.entries)

    def get_command(self, ctx: "Context", cmd_name: str) -> "Command | None":  # noqa: ARG002
        """The command of this name, built."""
        entry = self.entries.get(cmd_name)
        return entry.build() if entry else None

    def format_commands(self, ctx: "Context", formatter: "HelpFormatter") -> None:  # noqa: ARG002
        """Write one section a heading, the summaries of all of them in one column."""
        column = max(map(len, self.entries), default=0)
        for heading in dict.fromkeys(entry.heading for entry in self.entries.values()):
            below = [entry for entry in self.entries.values() if entry.heading == heading]
            with formatter.section(heading):
                formatter.write_dl([(entry.name.ljust(column), entry.summary) for entry in below])

    def resolve_command(self, ctx: "Context", args: list[str]) -> "tuple[str | None, Command | None, list[str]]":
        """The command that was typed; `InputError` with the nearest spelling where there is none."""
        if args[0] not in self.entries:
            raise unknown_command(args[0], self.entries, ctx.command_path)
        return super().resolve_command(ctx, args)


def listed(*entries: Entry) -> Mapping[str, Entry]:
    """The commands of a group, in the order of its list."""
    return {entry.name: entry for entry in entries}


def report(run: Callable[..., Report], examples: Sequence[str], heading: str = _HEADING) -> Entry:
    """A command that prints the report of a function, and exits by its verdicts."""
    return _leaf(run, lambda: reporting(run), examples, heading)


def command(run: Callable[..., ExitCode], examples: Sequence[str], heading: str = _HEADING) -> Entry:
    """A command that prints for itself, and returns its exit code."""
    return _leaf(run, lambda: run, examples, heading)


def group(name: str, summary: str, module: str, heading: str = _HEADING) -> Entry:
    """A command that only has commands below it.

    `COMMANDS` and `EXAMPLES` are those of a module, which is imported when needed; it may name its `KIND` of group.
    """

    def build() -> "Command":
        contents = import_module(module)
        parser = typer.Typer(cls=vars(contents).get("KIND", Commands), add_completion=False, rich_markup_mode=None)
        parser.callback(subcommand_metavar="COMMAND ...", help=summary, epilog=_epilog(contents.EXAMPLES))(_nothing)
        return filled(parser, contents.COMMANDS, name)

    return Entry(name, heading, summary, build)


def filled(parser: typer.Typer, entries: Mapping[str, Entry], name: str) -> Commands:
    """The group of a parser, with these commands below it."""
    built = cast("Commands", typer.main.get_group(parser))
    built.name, built.entries = name, entries
    return built


def _leaf(
    described: Callable[..., object], run: Callable[[], Callable[..., ExitCode]], examples: Sequence[str], heading: str
) -> Entry:
    """A command by its function's name, less a `_` at the end; its docstring's first line is for the list."""
    summary, *_ = (described.__doc__ or "").splitlines()
    name = described.__name__.rstrip("_").replace("_", "-")

    def build() -> "Command":
        parser = typer.Typer(add_completion=False, rich_markup_mode=None)
        parser.command(name, short_help=summary, epilog=_epilog(examples))(run())
        return typer.main.get_command(parser)

    return Entry(name, heading, summary, build)


def _nothing() -> None:
    """A group by itself does nothing."""


def _epilog(examples: Sequence[str]) -> str:
    return "\n".join(("\b", "Examples:", *(f"  {example}" for example in examples)))
