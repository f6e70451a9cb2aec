"""What was typed wrongly, in our words, with the nearest thing that could have been meant."""

from collections.abc import Iterable
from difflib import get_close_matches

import typer

from qops.errors import InputError
from qops.render.visible import visible


def explain(error: typer.TyperException) -> InputError:
    """A parser's complaint as an `InputError` whose hint is the next thing to type."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "qops"
    option = getattr(error, "option_name", None)
    if option and context and error.message.startswith("No such option"):
        known = [name for parameter in context.command.params for name in parameter.opts if name.startswith("-")]
        return InputError(f"`{command}` has no option {visible(option)}", hint=nearest(option, known, command))
    return InputError(_sentence(error.format_message()), hint=f"`{command} --help` shows how it is used")


def unknown_command(name: str, known: Iterable[str], parent: str) -> InputError:
    """There is no command `name` under `parent`."""
    return InputError(f"`{parent}` has no command {visible(name)}", hint=nearest(name, known, parent))


def nearest(word: str, known: Iterable[str], command: str) -> str:
    """The hint for a misspelt word.

    >>> nearest("--tolerence", ["--tolerance", "--limit"], "qops diff")
    'did you mean --tolerance? `qops diff --help` lists them all'
    """
    matches = get_close_matches(word, list(known), n=1)
    listing = f"`{command} --help` lists them all"
    return f"did you mean {matches[0]}? {listing}" if matches else listing


def _sentence(message: str) -> str:
    """The parser's message as we write causes: on one line, without a capital or a full stop."""
    text = visible(" ".join(message.split())).rstrip(".")
    return text[:1].lower() + text[1:]
