"""The list of commands as Typer's group shows it: under headings, and with the nearest spelling of a wrong one."""

from typing import TYPE_CHECKING

from typer.core import TyperGroup

from qops.cli.usage import unknown_command

if TYPE_CHECKING:
    from typer._click import Command, Context, HelpFormatter


class Commands(TyperGroup):
    """A group whose help lists its commands under the headings that they were registered with."""

    def format_commands(self, ctx: "Context", formatter: "HelpFormatter") -> None:  # noqa: ARG002
        """Write one section a heading, the descriptions of all of them in one column."""
        column = max((len(name) for name in self.commands), default=0)
        for heading, commands in self.headings().items():
            with formatter.section(heading):
                formatter.write_dl([(name.ljust(column), command.short_help or "") for name, command in commands])

    def headings(self) -> dict[str, list[tuple[str, "Command"]]]:
        """The visible commands by heading, both in the order of their registration."""
        found: dict[str, list[tuple[str, Command]]] = {}
        for name, command in self.commands.items():
            if not command.hidden:
                found.setdefault(getattr(command, "rich_help_panel", None) or "Commands", []).append((name, command))
        return found

    def resolve_command(self, ctx: "Context", args: list[str]) -> tuple[str | None, "Command | None", list[str]]:
        """The command that was typed; `InputError` with the nearest spelling where there is none."""
        if args[0] not in self.commands:
            raise unknown_command(args[0], self.commands, ctx.command_path)
        return super().resolve_command(ctx, args)
