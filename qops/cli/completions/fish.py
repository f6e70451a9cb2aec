"""The completion script for fish, 3.0 or later."""

from collections.abc import Iterator

from qops.cli.completions import values
from qops.cli.completions.values import Kind
from qops.cli.tree import Command, Parameter, every_command

_HEAD = f"""\
# fish completion for qops, written by `qops completions fish`

function __qops_circuits
    set -l top ({values.TOP}); or return
    {values.CIRCUITS} $top/qops.yaml $top/qops.lock 2>/dev/null
end

function __qops_revisions
    {values.REVISIONS}
    __fish_complete_path (commandline -ct)
end

complete -c qops -f
"""
_VALUES = {
    Kind.CIRCUITS: "-x -a '(__qops_circuits)'",
    Kind.REVISIONS: "-x -a '(__qops_revisions)'",
    Kind.FILES: "-r -F",
    Kind.DIRECTORIES: "-x -a '(__fish_complete_directories)'",
    Kind.ANYTHING: "-x",
}


def script(root: Command) -> str:
    """The whole script for a command tree: one `complete` a command, an option or an argument."""
    return _HEAD + "".join(f"{line}\n" for command in every_command(root) for line in _completions(command))


def _completions(command: Command) -> Iterator[str]:
    here = f"complete -c qops -n {_quoted(_condition(command))}"
    for child in command.commands:
        yield f"{here} -a {child.words[-1]} -d {_quoted(child.summary)}"
    for option in command.options:
        value = "" if option.flag else f" {_value(option)}"
        yield f"{here} {_spellings(option)}{value} -d {_quoted(option.help)}"
    for argument in command.arguments:
        if values.kind(argument) is Kind.FILES:
            yield f"{here} -F"
        elif values.kind(argument) is not Kind.ANYTHING:
            yield f"{here} {_value(argument)}"


def _condition(command: Command) -> str:
    """True where `command` is what has been typed so far, with none of the commands below it."""
    typed = [f"__fish_seen_subcommand_from {word}" for word in command.words]
    names = " ".join(child.words[-1] for child in command.commands)
    return "; and ".join([*typed, f"not __fish_seen_subcommand_from {names}"] if names else typed)


def _spellings(option: Parameter) -> str:
    return " ".join(
        f"-l {spelling[2:]}" if spelling.startswith("--") else f"-s {spelling[1:]}" for spelling in option.spellings
    )


def _value(parameter: Parameter) -> str:
    kind = values.kind(parameter)
    return f"-x -a '{' '.join(values.words(parameter))}'" if kind is Kind.WORDS else _VALUES[kind]


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
