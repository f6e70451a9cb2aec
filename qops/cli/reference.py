"""The reference pages that are written from the code: `python -m qops.cli.reference docs/reference`."""

import sys
from collections.abc import Iterator
from pathlib import Path

from qops.cli import app, manifest_page, streams, tree
from qops.cli.tree import Command, Parameter
from qops.errors import ExitCode
from qops.formats.manifest_schema import schema_json

_NOTE = "<!-- Written by `python -m qops.cli.reference docs/reference`; edit the code instead. -->\n\n"


def pages() -> dict[str, str]:
    """The pages by file name."""
    return {
        "cli.md": _NOTE + _commands(tree.root(app.tree())),
        "exit-codes.md": _NOTE + _exit_codes(),
        "manifest.md": _NOTE + manifest_page.page(),
        "qops.schema.json": schema_json(),
    }


def write(directory: Path) -> None:
    """Write every page into `directory`."""
    for name, text in pages().items():
        (directory / name).write_text(text, encoding="utf-8")
        streams.say(f"{directory / name}\n")


def _exit_codes() -> str:
    rows = "".join(f"| {code.value} | {code.meaning} |\n" for code in ExitCode)
    return f"# Exit codes\n\nEvery command ends with one of these.\n\n| code | meaning |\n| ---: | :--- |\n{rows}"


def _commands(root: Command) -> str:
    every = list(tree.every_command(root))
    listed = "".join(f"| [`{_name(each)}`](#{_anchor(each)}) | {each.summary} |\n" for each in every[1:])
    head = f"# Commands\n\n{root.help}\n\n| command | what it does |\n| :--- | :--- |\n{listed}\n"
    return head + "\n".join("\n".join(_section(command)) for command in every)


def _section(command: Command) -> Iterator[str]:
    yield f"## {_name(command)}\n"
    yield f"```\n{_usage(command)}\n```\n"
    if command.words:
        yield f"{command.help}\n"
    for title, parameters in (("argument", command.arguments), ("option", command.options)):
        if parameters:
            yield f"| {title} | meaning | default |\n| :--- | :--- | :--- |"
            yield from (_row(parameter) for parameter in parameters)
            yield ""
    if command.words and command.examples:
        yield f"```\n{_dedented(command.examples)}\n```\n"


def _usage(command: Command) -> str:
    operands = ["COMMAND ..."] if command.commands else [_operand(argument) for argument in command.arguments]
    return " ".join([_name(command), "[OPTIONS]", *operands])


def _operand(argument: Parameter) -> str:
    return argument.metavar if argument.required else f"[{argument.metavar}]"


def _row(parameter: Parameter) -> str:
    spelled = ", ".join(f"`{spelling}`" for spelling in parameter.spellings)
    value = f"`{parameter.metavar}`".replace("|", "\\|") if parameter.metavar else ""
    default = f"`{parameter.default}`" if parameter.default else ""
    return f"| {' '.join(filter(None, (spelled, value)))} | {parameter.help} | {default} |"


def _dedented(examples: str) -> str:
    return "\n".join(line.strip() for line in examples.splitlines()[1:])


def _name(command: Command) -> str:
    return " ".join(("qops", *command.words))


def _anchor(command: Command) -> str:
    return "-".join(("qops", *command.words))


if __name__ == "__main__":
    write(Path(sys.argv[1]))
