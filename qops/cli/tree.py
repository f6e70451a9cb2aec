"""The command tree as plain values, for whoever describes it: completion scripts and the reference."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from qops.cli.commands import Commands, Entry

if TYPE_CHECKING:
    from typer._click import Parameter as ParserParameter


class Parameter(NamedTuple):
    """An option, by its spellings, or an argument, which has none.

    `metavar` stands for the value, empty for a flag; `values` is the closed set of what it may be, if there is one.
    """

    spellings: tuple[str, ...]
    metavar: str
    values: tuple[str, ...]
    help: str
    default: str
    required: bool = False
    repeats: bool = False

    @property
    def flag(self) -> bool:
        """Whether the option takes no value."""
        return bool(self.spellings) and not self.metavar


class Command(NamedTuple):
    """A command by its words after `qops`, none for `qops` itself, with its commands below."""

    words: tuple[str, ...]
    heading: str
    summary: str
    help: str
    examples: str
    parameters: tuple[Parameter, ...]
    commands: tuple["Command", ...] = ()

    @property
    def options(self) -> tuple[Parameter, ...]:
        """The parameters that are options, `--help` among them."""
        return tuple(parameter for parameter in self.parameters if parameter.spellings)

    @property
    def arguments(self) -> tuple[Parameter, ...]:
        """The parameters that are given by position."""
        return tuple(parameter for parameter in self.parameters if not parameter.spellings)


_HELP = Parameter(("--help",), "", (), "Show this message and exit.", "")


def root(group: Commands) -> Command:
    """`qops` itself, with all that is below it, from the parser's tree."""
    return _command(Entry("qops", "", "", lambda: group), ())


def every_command(top: Command) -> Iterator[Command]:
    """`top` and all the commands below it, each before its own."""
    yield top
    for command in top.commands:
        yield from every_command(command)


def _command(entry: Entry, words: tuple[str, ...]) -> Command:
    built = entry.build()
    below = built.entries.values() if isinstance(built, Commands) else ()
    return Command(
        words=words,
        heading=entry.heading,
        summary=entry.summary,
        help=built.help or "",
        examples=(built.epilog or "").removeprefix("\b\n"),
        parameters=(*(_parameter(parameter) for parameter in built.params), _HELP),
        commands=tuple(_command(child, (*words, child.name)) for child in below),
    )


def _parameter(parameter: "ParserParameter") -> Parameter:
    option = parameter.param_type_name == "option"
    values = tuple(map(str, getattr(parameter.type, "choices", ())))
    flag = option and getattr(parameter, "is_flag", False)
    return Parameter(
        spellings=(*parameter.opts, *parameter.secondary_opts) if option else (),
        metavar="" if flag else parameter.metavar or "|".join(values) or parameter.human_readable_name.upper(),
        values=values,
        help=getattr(parameter, "help", None) or "",
        default="" if flag or parameter.default is None else str(parameter.default),
        required=parameter.required,
        repeats=parameter.nargs == -1,
    )
